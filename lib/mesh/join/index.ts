/** One mesh out of several sources. */
export { joinModels } from './join';
export type { Joined } from './join';
export { sameMesh } from './same-mesh';
