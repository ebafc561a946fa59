/** Objects of a cluster as people read them. */
import 'server-only';
import { stringify } from 'yaml';
import { z } from 'zod';

const withMetadata = z.looseObject({
  metadata: z.looseObject({ annotations: z.looseObject({}).optional() }).optional(),
});

/**
 * An object as YAML without managedFields, which are the cluster's bookkeeping and longer than the rest. `without` names
 * annotations to leave out.
 */
export function objectYaml(raw: object, without: readonly string[] = []): string {
  const { metadata } = withMetadata.parse(raw);
  const annotations = Object.fromEntries(
    Object.entries(metadata?.annotations ?? {}).filter(([name]) => !without.includes(name)),
  );
  const { managedFields: _, annotations: __, ...rest } = metadata ?? {};
  const kept = Object.keys(annotations).length === 0 ? rest : { ...rest, annotations };
  return stringify({ ...raw, metadata: kept }, { lineWidth: 0, aliasDuplicateObjects: false });
}
