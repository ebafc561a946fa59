const meshHref = (source: string, mesh: string): string =>
  `/sources/${encodeURIComponent(source)}/meshes/${encodeURIComponent(mesh)}`;

/** Where the topology of a mesh is shown. */
export const topologyPath = (source: string, mesh: string): string => `${meshHref(source, mesh)}/topology`;

/** Where the traces of a mesh are shown. */
export const tracesPath = (source: string, mesh: string): string => `${meshHref(source, mesh)}/traces`;

/** Where the whitelist of a mesh is shown. */
export const backendsPath = (source: string, mesh: string): string => `${meshHref(source, mesh)}/backends`;

/** Where the backends of one node are edited as a whole, opened at one of its entries. */
export const editBackendsPath = (source: string, mesh: string, node: string, service?: string): string =>
  `${backendsPath(source, mesh)}?${new URLSearchParams({ edit: node, ...(service === undefined ? {} : { to: service }) }).toString()}`;

/** Where the weighted routes of all meshes are listed. */
export const TRAFFIC_PATH = '/traffic';

const sourceHref = (source: string): string => `/sources/${encodeURIComponent(source)}`;

/** Where the TrafficShifts of a source are listed. */
export const shiftsPath = (source: string): string => `${sourceHref(source)}/shifts`;

/** Where one TrafficShift is followed. */
export const shiftPath = (source: string, namespace: string, name: string): string =>
  `${shiftsPath(source)}/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

/** Where a TrafficShift of a route is put together. */
export const newShiftPath = (source: string, of?: { router: string; route: string }): string =>
  `${shiftsPath(source)}/new${of === undefined ? '' : `?${new URLSearchParams(of).toString()}`}`;

/** Where a TrafficShift like another is put together; `swapped`: the other way round. */
export const likeShiftPath = (
  source: string,
  { namespace, name }: { namespace: string; name: string },
  swapped: boolean,
): string =>
  `${shiftsPath(source)}/new?${new URLSearchParams({ like: `${namespace}/${name}`, ...(swapped ? { swapped: '1' } : {}) }).toString()}`;
