const meshHref = (source: string, mesh: string): string =>
  `/sources/${encodeURIComponent(source)}/meshes/${encodeURIComponent(mesh)}`;

/** Where the topology of a mesh is shown. */
export const topologyPath = (source: string, mesh: string): string => `${meshHref(source, mesh)}/topology`;

/** Where the traces of a mesh are shown. */
export const tracesPath = (source: string, mesh: string): string => `${meshHref(source, mesh)}/traces`;

/** Where the weighted routes of all meshes are listed. */
export const TRAFFIC_PATH = '/traffic';
