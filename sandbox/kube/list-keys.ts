/**
 * Which lists of the built-in kinds are maps in disguise: the field (or fields) that tell their items apart. The real
 * API server reads this from Go struct tags; here it goes by the field's name, which is unambiguous but for `ports`.
 * A list that is not named here is replaced and owned as a whole.
 */

export interface ListKey {
  /** Fields that identify an item for server-side apply, with what an absent one counts as. */
  keys: readonly string[];
  /** The one field that identifies an item for a strategic merge patch. */
  mergeKey: string;
}

const by = (mergeKey: string, ...more: string[]): ListKey => ({ mergeKey, keys: [mergeKey, ...more] });

const KEYS: Readonly<Record<string, ListKey>> = {
  addresses: by('type'),
  conditions: by('type'),
  containers: by('name'),
  env: by('name'),
  ephemeralContainers: by('name'),
  hostAliases: by('ip'),
  imagePullSecrets: by('name'),
  initContainers: by('name'),
  ownerReferences: by('uid'),
  podIPs: by('ip'),
  secrets: by('name'),
  topologySpreadConstraints: by('topologyKey', 'whenUnsatisfiable'),
  volumeDevices: by('devicePath'),
  volumeMounts: by('mountPath'),
  volumes: by('name'),
  webhooks: by('name'),
};

const CONTAINER_PORTS = by('containerPort', 'protocol');
const SERVICE_PORTS = by('port', 'protocol');
const CONTAINERS = new Set(['containers', 'ephemeralContainers', 'initContainers']);

/** Values that the API server fills into a key before it compares. */
export const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** Lists of plain values without order, in which an item stands once. */
const SETS = new Set(['finalizers']);

/** Objects that have one owner and are replaced as a whole. */
const ATOMIC_MAPS = new Set([
  'selector',
  'labelSelector',
  'nodeSelector',
  'namespaceSelector',
  'objectSelector',
]);

export const isSet = (field: string): boolean => SETS.has(field);
export const isAtomicMap = (field: string): boolean => ATOMIC_MAPS.has(field);

/** How the items of a list are told apart. `parent` is the nearest field above that holds the list's object. */
export function listKey(field: string, parent: string): ListKey | undefined {
  if (field === 'ports') return CONTAINERS.has(parent) ? CONTAINER_PORTS : SERVICE_PORTS;
  return Object.hasOwn(KEYS, field) ? KEYS[field] : undefined;
}
