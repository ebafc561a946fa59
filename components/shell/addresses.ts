/** Where the topology of a mesh is shown. */
export const topologyPath = (source: string, mesh: string): string =>
  `/sources/${encodeURIComponent(source)}/meshes/${encodeURIComponent(mesh)}/topology`;
