/** The App Mesh provider: the CRDs `appmesh.k8s.aws/v1beta2` read into the mesh model, and the patches that change them. */
export {
  backendNames,
  backendsPatch,
  changeBackends,
  isArnName,
  kubectlBackendsCommand,
  recordOf,
  undoBackends,
  withChange,
} from './backends-patch';
export type { BackendsRefusal, ChangedBackends } from './backends-patch';
export { backendsSpecOf, changesNothing } from './backends-spec';
export { buildModels } from './build-models';
export { effectiveEgress, egressHistory, egressOf, egressPatch, kubectlEgressCommand } from './egress-patch';
export {
  changeGroup,
  groupManifest,
  groupNames,
  groupPatch,
  groupRemoval,
  kubectlGroupCommand,
  kubectlGroupRemoval,
  memberRecord,
  restorable,
  restoredOf,
  undoGroup,
} from './groups-patch';
export type { GroupRefusal } from './groups-patch';
export type { ChangedList } from './list-patch';
export { HISTORY_ANNOTATION } from './history';
export { keepWeightsSnippet } from './keep-weights';
export { kustomizePatch } from './kustomize';
export { kubectlWeightsCommand, routesPatch } from './patch';
export type { JsonPatchOp } from './patch';
export { APP_MESH_RESOURCES, modelKindToPlural } from './resources';
export type { RawObject, WatchedResource, World } from './resources';
export { readThresholds } from './thresholds';
