/** What the console's own identity may do, in the cluster's words. */
import 'server-only';
import type { Refusal } from './answer';
import type { ClusterClient } from './connect';

export interface AccessQuestion {
  verb: string;
  group: string;
  resource: string;
  namespace?: string;
  name?: string;
}

/** Asks the cluster with a SelfSubjectAccessReview. `reason` is the authoriser's, where it gives one. */
export async function reviewAccess(
  cluster: ClusterClient,
  question: AccessQuestion,
): Promise<{ ok: true; allowed: boolean; reason?: string } | Refusal> {
  const answer = await cluster.request('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    writes: false,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: question },
    },
  });
  if (!answer.ok) return answer;
  const { status } = answer.body as { status?: { allowed?: unknown; reason?: unknown } }; // the API's own shape; both fields are checked
  return {
    ok: true,
    allowed: status?.allowed === true,
    ...(typeof status?.reason === 'string' && status.reason !== '' ? { reason: status.reason } : {}),
  };
}
