/** Lists as tables, the way kubectl asks for them (`as=Table`). */
import type { KubeObject, PrinterColumn, ResourceType } from './types';

interface Column {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
}

type Read = (object: KubeObject, now: Date) => string | number;

interface TableColumn {
  column: Column;
  read: Read;
}

const column = (name: string, read: Read, extra: Partial<Column> = {}): TableColumn => ({
  column: { name, type: 'string', format: '', description: '', priority: 0, ...extra },
  read,
});

/** Age in kubectl's short form: `45s`, `12m`, `3h`, `9d`. */
export function age(since: string | undefined, now: Date): string {
  if (since === undefined) return '<unknown>';
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 600) return `${Math.floor(seconds / 60)}m${seconds % 60 === 0 ? '' : `${seconds % 60}s`}`;
  if (seconds < 3 * 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

const AGE = column('Age', (object, now) => age(object.metadata.creationTimestamp, now));
const NAME = column('Name', (object) => object.metadata.name, { format: 'name' });

/** Walks a simple JSONPath (`.status.meshARN`, `.spec.list[0].name`); '' where there is nothing. */
function readPath(object: KubeObject, path: string): string {
  const steps = path.split(/[.[\]]/).filter((step) => step !== '');
  const found = steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    object,
  );
  return found === undefined || found === null ? '' : String(found);
}

function printed({ name, type, jsonPath, priority = 0, description = '' }: PrinterColumn): TableColumn {
  const read: Read = (object, now) =>
    type === 'date' ? age(readPath(object, jsonPath) || undefined, now) : readPath(object, jsonPath);
  return column(name, read, { type: type === 'date' ? 'string' : type, priority, description });
}

interface ContainerStatus {
  ready?: boolean;
  restartCount?: number;
}
const containers = (pod: KubeObject): ContainerStatus[] => pod['status']?.containerStatuses ?? [];
const ready = (pod: KubeObject) =>
  `${containers(pod).filter((one) => one.ready).length}/${pod['spec']?.containers?.length ?? 0}`;
const restarts = (pod: KubeObject) => containers(pod).reduce((sum, one) => sum + (one.restartCount ?? 0), 0);
const replicas = (object: KubeObject) =>
  `${object['status']?.readyReplicas ?? 0}/${object['spec']?.replicas ?? 1}`;
const number = { type: 'integer' };

const BUILTIN: Record<string, TableColumn[]> = {
  Namespace: [column('Status', (object) => object['status']?.phase ?? '')],
  Pod: [
    column('Ready', ready),
    column('Status', (pod) =>
      pod.metadata.deletionTimestamp ? 'Terminating' : (pod['status']?.phase ?? 'Pending'),
    ),
    column('Restarts', restarts, number),
  ],
  Deployment: [
    column('Ready', replicas),
    column('Up-to-date', (object) => object['status']?.updatedReplicas ?? 0, number),
    column('Available', (object) => object['status']?.availableReplicas ?? 0, number),
  ],
  ReplicaSet: [
    column('Desired', (object) => object['spec']?.replicas ?? 0, number),
    column('Current', (object) => object['status']?.replicas ?? 0, number),
    column('Ready', (object) => object['status']?.readyReplicas ?? 0, number),
  ],
  Service: [
    column('Type', (object) => object['spec']?.type ?? 'ClusterIP'),
    column('Cluster-IP', (object) => object['spec']?.clusterIP ?? '<none>'),
    column('Port(s)', (object) =>
      (object['spec']?.ports ?? [])
        .map((port: { port: number; protocol?: string }) => `${port.port}/${port.protocol ?? 'TCP'}`)
        .join(','),
    ),
  ],
};

function columnsOf(type: ResourceType): TableColumn[] {
  if (type.kind === 'Event' && type.group === '')
    return [
      column('Last Seen', (event, now) =>
        age(event['lastTimestamp'] ?? event.metadata.creationTimestamp, now),
      ),
      column('Type', (event) => event['type'] ?? ''),
      column('Reason', (event) => event['reason'] ?? ''),
      column(
        'Object',
        (event) => `${String(event['involvedObject']?.kind).toLowerCase()}/${event['involvedObject']?.name}`,
      ),
      column('Message', (event) => event['message'] ?? ''),
    ];
  const builtin = type.schema === undefined ? BUILTIN[type.kind] : undefined;
  return builtin ? [NAME, ...builtin, AGE] : [NAME, ...type.printerColumns.map(printed)];
}

/** How much of the object a row carries. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

function carried(object: KubeObject, include: IncludeObject): { object?: object } {
  if (include === 'None') return {};
  if (include === 'Object') return { object };
  return {
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
  };
}

/** Objects as a `meta.k8s.io/v1` Table. */
export function asTable(
  type: ResourceType,
  objects: KubeObject[],
  metadata: object,
  now: Date,
  include: IncludeObject = 'Metadata',
): object {
  const columns = columnsOf(type);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map((one) => one.column),
    rows: objects.map((object) => ({
      cells: columns.map((one) => one.read(object, now)),
      ...carried(object, include),
    })),
  };
}
