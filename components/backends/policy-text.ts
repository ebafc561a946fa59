/** The client policy of one entry, out of the YAML of its node. */
import { parse } from 'yaml';

interface Entry {
  virtualService?: {
    virtualServiceRef?: { name?: unknown; namespace?: unknown };
    virtualServiceARN?: unknown;
    clientPolicy?: unknown;
  };
}

/** `name` as `backendName` has it. `policy` is undefined for an entry without one; the whole is undefined where there is no such entry. */
export function entryPolicy(yaml: string, name: string): { policy: unknown } | undefined {
  // The cluster's own object: its shape is that of the CRD, and what is not there is undefined.
  const object = parse(yaml) as { metadata?: { namespace?: string }; spec?: { backends?: Entry[] } } | null;
  const found = object?.spec?.backends?.find(({ virtualService: entry }) => {
    if (typeof entry?.virtualServiceARN === 'string') return entry.virtualServiceARN === name;
    const ref = entry?.virtualServiceRef;
    return (
      `${String(ref?.namespace ?? object.metadata?.namespace ?? '')}/${String(ref?.name ?? '')}` === name
    );
  });
  return found && { policy: found.virtualService?.clientPolicy };
}
