/** The change that benchmarks watch: a weight of one route, as `kubectl patch` writes it. */

export const ROUTER = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters/cart';

/** Gives the first target `weight` and the second the rest. `server` is the address of the sandbox's Kubernetes API. */
export async function changeWeight(server: string, weight: number): Promise<void> {
  const path = (target: number) => `/spec/routes/0/httpRoute/action/weightedTargets/${target}/weight`;
  const answer = await fetch(`${server}${ROUTER}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json-patch+json' },
    body: JSON.stringify([
      { op: 'replace', path: path(0), value: weight },
      { op: 'replace', path: path(1), value: 100 - weight },
    ]),
  });
  if (!answer.ok) throw new Error(`patch: ${answer.status} ${await answer.text()}`);
}
