/** The App Mesh API provider: what an API holds of a mesh read into the mesh model, and the specs that change its weights. */
export { toMeshModel } from './to-model';
export { awsWeightsCommand, withWeights } from './weights';
