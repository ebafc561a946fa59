/** The App Mesh API of the sandbox as somebody beside the console uses it. */

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=e2e/20261101/us-west-2/appmesh/aws4_request, SignedHeaders=host, Signature=0';

export interface ApiRoute {
  metadata: { version: number; uid: string };
  spec: {
    httpRoute: { action: { weightedTargets: { virtualNode: string; weight: number }[] } };
  };
}

async function call(server: string, method: string, path: string, body?: unknown): Promise<ApiRoute> {
  const answer = await fetch(`${server}/v20190125/meshes/${path}`, {
    method,
    headers: { authorization: AUTHORIZATION, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as ApiRoute; // what is read of it is the test's own business
}

/** Describes a route. `path` is `mesh/virtualRouter/router/routes/route`. */
export const describeRoute = (server: string, path: string) => call(server, 'GET', path);

/** Sets the weights of a route past the console and the controller. */
export async function updateWeights(server: string, path: string, ...weights: number[]): Promise<ApiRoute> {
  const { spec } = await describeRoute(server, path);
  const { action } = spec.httpRoute;
  const weightedTargets = action.weightedTargets.map((target, i) => ({
    ...target,
    weight: weights[i] ?? target.weight,
  }));
  return call(server, 'PUT', path, {
    spec: { ...spec, httpRoute: { ...spec.httpRoute, action: { weightedTargets } } },
  });
}

export const weightsOf = ({ spec }: ApiRoute): number[] =>
  spec.httpRoute.action.weightedTargets.map(({ weight }) => weight);
