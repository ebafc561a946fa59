/** The App Mesh controller's admission webhooks. */
import type { AdmissionHook, AdmissionRequest, Cluster, Knobs } from '../kube/types';
import { StatusError } from '../kube/types';
import { GROUP } from './designation';
import { mutate } from './mutation';
import { validate } from './validation';

/** Runs one webhook: a thrown reason is a denial (403), a controller that is down an internal error (500). */
function call(name: string, { object }: AdmissionRequest, knobs: Knobs, run: () => void): void {
  const webhook = `${name}${object.kind.toLowerCase()}.${GROUP}`;
  if (knobs.controllerDown)
    throw new StatusError(
      500,
      'InternalError',
      `Internal error occurred: failed calling webhook "${webhook}": connect: connection refused`,
    );
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StatusError(403, 'Forbidden', `admission webhook "${webhook}" denied the request: ${reason}`);
  }
}

/** The hook to give to `cluster.addAdmission`. */
export function appMeshWebhooks(cluster: Cluster, knobs: () => Knobs): AdmissionHook {
  return {
    name: 'app-mesh',
    handles: (type) => type.group === GROUP,
    mutate: (request) => call('m', request, knobs(), () => mutate(cluster, request)),
    validate: (request) => call('v', request, knobs(), () => validate(request)),
  };
}
