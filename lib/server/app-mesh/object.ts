/** One resource of an App Mesh API as it was last read, as people read it. */
import 'server-only';
import { stringify } from 'yaml';
import type { ApiMeshSnapshot, ApiResource } from '@/lib/aws/app-mesh';

const KINDS: Readonly<Record<string, ApiResource['kind']>> = {
  gateway: 'virtualGateway',
  gatewayRoute: 'gatewayRoute',
  service: 'virtualService',
  router: 'virtualRouter',
  node: 'virtualNode',
};

const yaml = (body: unknown): string => stringify(body, { lineWidth: 0, aliasDuplicateObjects: false });

/**
 * What Describe answered for a resource, as YAML; a router is followed by its routes. `kind` is the model's word. `undefined`
 * where the API holds nothing of that name.
 */
export function apiObjectYaml(snapshot: ApiMeshSnapshot, kind: string, name: string): string | undefined {
  if (kind === 'mesh') return name === snapshot.name ? yaml(snapshot.body) : undefined;
  const wanted = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  const found = snapshot.resources.filter(
    (each) =>
      (each.kind === wanted && each.name === name) ||
      (kind === 'router' && each.kind === 'route' && each.parent === name),
  );
  if (found.length === 0) return undefined;
  const first = (each: ApiResource) => (each.kind === 'route' ? 1 : 0);
  return [...found]
    .sort((a, b) => first(a) - first(b))
    .map(({ body }) => yaml(body))
    .join('---\n');
}
