/** What an edit of a router can name, from the picture on screen. Pure. */
import type { Picture } from '@/lib/client/picture';
import type { MeshNode, Route, Router, Target } from '@/lib/mesh/model';
import { editRouter } from '@/lib/mesh/routing/edits';
import type { RouterEdit } from '@/lib/mesh/routing/edits';
import { targetReference } from '@/lib/mesh/weights';

export interface NodeChoice {
  /** namespace/name or ARN. */
  node: string;
  port: number | undefined;
  target: Target;
}

/** A node with several listeners is led to by the port that speaks the route's protocol. */
function portOf({ listeners }: MeshNode, { protocol }: Route): number | undefined {
  if (listeners.length < 2) return undefined;
  return (listeners.find((each) => each.protocol === protocol) ?? listeners[0])?.port;
}

/** The targets of the route, then every other node of the mesh that is an object of the cluster. */
export function nodeChoices(picture: Picture | undefined, route: Route): NodeChoice[] {
  const own = route.targets.map((target) => ({ node: targetReference(target), port: target.port, target }));
  const known = new Set(own.map(({ node }) => node));
  const others = [...(picture?.nodes.values() ?? [])].flatMap((node): NodeChoice[] => {
    if (node.kind !== 'node' || node.ref.namespace === '') return [];
    const { namespace, name } = node.ref;
    const target: Target = { key: node.key, namespace, name, resolution: 'ok' };
    return [{ node: targetReference(target), port: portOf(node, route), target }];
  });
  return [
    ...own,
    ...others.filter(({ node }) => !known.has(node)).sort((a, b) => a.node.localeCompare(b.node)),
  ];
}

/** What an edit makes of the router, as far as the browser can tell. */
export function editOnScreen(
  router: Router,
  edit: RouterEdit,
  choices: readonly NodeChoice[],
  targetsMax: number,
) {
  const targetOf = (node: string): Target =>
    choices.find((choice) => choice.node === node)?.target ?? {
      key: router.key,
      namespace: '',
      name: node,
      resolution: 'missing',
    };
  return editRouter(router, edit, { targetOf, targetsMax });
}
