/** The Kubernetes API: connections, lists kept current by watches, access reviews. Knows no word of a mesh. */
import 'server-only';
export { reviewAccess } from './access';
export type { Answer } from './answer';
export { connect } from './connect';
export type { ClusterClient } from './connect';
export { campaign } from './lease';
export type { Lease, LeaseOptions } from './lease';
export { resourcePath } from './paths';
export { watchResource } from './watch-cache';
export type { WatchCache, WatchState } from './watch-cache';
