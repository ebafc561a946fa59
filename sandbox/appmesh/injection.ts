/** The webhook that puts Envoy into pods as they are created. */
import { matchesSelector } from '../kube/selectors';
import type { AdmissionHook, Cluster, Knobs, KubeObject } from '../kube/types';
import { StatusError } from '../kube/types';
import type { Informer } from '../loop/informer';
import { GROUP } from './designation';
import { configureGateway, injectProxy } from './proxy-containers';
import { References } from './references';

const WEBHOOK = `mpod.${GROUP}`;
const MODE = `${GROUP}/sidecarInjectorWebhook`;

type Mode = 'enabled' | 'disabled' | 'unspecified';

function modeOf(value: string | undefined): Mode {
  const mode = value?.toLowerCase();
  return mode === 'enabled' || mode === 'disabled' ? mode : 'unspecified';
}

/** The hook to give to `cluster.addAdmission`. The indexes of the controller have to be there. */
export function sidecarInjector(cluster: Cluster, informer: Informer, knobs: () => Knobs): AdmissionHook {
  const references = new References(cluster, informer);
  const namespaces = cluster.resourceType('', 'namespaces');
  return {
    name: 'app-mesh-pods',
    handles: ({ group, kind }) => group === '' && kind === 'Pod',
    mutate({ operation, object: pod, namespace }) {
      const label = informer.get(namespaces, `/${namespace}`)?.metadata.labels?.[MODE];
      // The webhook's own namespaceSelector: other namespaces never reach it, whatever a pod's annotation says.
      if (operation !== 'CREATE' || (label !== 'enabled' && label !== 'disabled')) return;
      if (knobs().controllerDown)
        throw new StatusError(
          500,
          'InternalError',
          `Internal error occurred: failed calling webhook "${WEBHOOK}": connect: connection refused`,
        );
      const mode = modeOf(pod.metadata.annotations?.[MODE] ?? label);
      if (mode === 'disabled') return;
      try {
        inject(pod, mode, informer, references);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new StatusError(
          403,
          'Forbidden',
          `admission webhook "${WEBHOOK}" denied the request: ${reason}`,
        );
      }
    },
  };
}

function inject(pod: KubeObject, mode: Mode, informer: Informer, references: References): void {
  const node = onlyMatch('VirtualNode', pod, informer);
  const gateway = onlyMatch('VirtualGateway', pod, informer);
  if (node && gateway)
    throw new Error(
      `sidecarInject enabled for both virtualNode ${node.metadata.name} and virtualGateway ${gateway.metadata.name} on pod ${podName(pod)}. Please use podSelector on one`,
    );
  const member = node ?? gateway;
  if (!member) {
    if (mode === 'enabled')
      throw new Error(
        `sidecarInject enabled but no matching VirtualNode or VirtualGateway found for pod ${podName(pod)}`,
      );
    return;
  }
  const mesh: string = references.mesh(member)['spec'].awsName;
  if (node) injectProxy(pod, node, mesh);
  else configureGateway(pod, member, mesh);
}

/** Pods match by their labels, within their namespace. */
function onlyMatch(
  kind: 'VirtualNode' | 'VirtualGateway',
  pod: KubeObject,
  informer: Informer,
): KubeObject | undefined {
  const matches = informer
    .lookup('in-namespace', `${kind} ${pod.metadata.namespace}`)
    .filter(({ spec }) => matchesSelector(spec?.podSelector, pod.metadata.labels));
  if (matches.length > 1) {
    const names = matches.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).join(',');
    throw new Error(`found multiple matching ${kind}s for pod ${podName(pod)}: ${names}`);
  }
  return matches[0];
}

/** Pods of a ReplicaSet have no name yet when the real webhook sees them. */
const podName = ({ metadata }: KubeObject) =>
  `${metadata.namespace}/${metadata.generateName ?? metadata.name}`;
