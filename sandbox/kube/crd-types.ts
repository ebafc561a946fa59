/** CustomResourceDefinitions as resource types. */
import type { KubeObject, PrinterColumn, ResourceType } from './types';
import { StatusError } from './types';

interface CrdVersion {
  name: string;
  served: boolean;
  schema?: { openAPIV3Schema?: Record<string, unknown> };
  subresources?: { status?: object };
  additionalPrinterColumns?: PrinterColumn[];
}

interface CrdSpec {
  group: string;
  scope: string;
  names: {
    kind: string;
    plural: string;
    singular?: string;
    listKind?: string;
    shortNames?: string[];
    categories?: string[];
  };
  versions: CrdVersion[];
}

const AGE: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** The type of each served version; throws 422 when the object is no usable CRD. */
export function crdTypes(crd: KubeObject): ResourceType[] {
  const spec = crd['spec'] as Partial<CrdSpec> | undefined; // its shape is checked right below
  if (!spec?.group || !spec.names?.kind || !spec.names.plural || !Array.isArray(spec.versions))
    throw new StatusError(
      422,
      'Invalid',
      `CustomResourceDefinition.apiextensions.k8s.io "${crd.metadata.name}" is invalid: spec: Required value: group, names and versions`,
    );
  const { group, names, scope } = spec;
  return spec.versions
    .filter((version) => version.served)
    .map((version) => ({
      group,
      version: version.name,
      kind: names.kind,
      plural: names.plural,
      singular: names.singular ?? names.kind.toLowerCase(),
      listKind: names.listKind ?? `${names.kind}List`,
      namespaced: scope === 'Namespaced',
      shortNames: names.shortNames ?? [],
      categories: names.categories ?? [],
      statusSubresource: version.subresources?.status !== undefined,
      ...(version.schema?.openAPIV3Schema ? { schema: version.schema.openAPIV3Schema } : {}),
      printerColumns: version.additionalPrinterColumns ?? [AGE],
    }));
}
