/** MD1xx: references that lead nowhere, elsewhere, or are not there. */
import type { Finding } from '../finding';
import type { Entity, Malformed, Target } from '../model';
import { finding, targetName } from './make';

interface Reference {
  target: Target;
  path: string;
  /** Where one place makes several references. */
  at?: string;
}

/**
 * Every reference an entity makes, with its place in the object. A backend from a group is the node's own where the group
 * stands, since the controller holds back the node and not the group.
 */
function* referencesOf(entity: Entity): Iterable<Reference> {
  switch (entity.kind) {
    case 'gatewayRoute':
      yield { target: entity.gateway, path: 'spec.virtualGatewayRef' };
      if (entity.protocol !== 'unknown')
        yield {
          target: entity.target,
          path: `spec.${entity.protocol}Route.action.target.virtualService`,
        };
      return;
    case 'service':
      if (entity.provider.target)
        yield {
          target: entity.provider.target,
          path: `spec.provider.${entity.provider.kind === 'router' ? 'virtualRouter' : 'virtualNode'}`,
        };
      return;
    case 'router':
      for (const route of entity.routes)
        for (const [index, target] of route.targets.entries())
          yield {
            target,
            path: `spec.routes[${route.index}].${route.protocol}Route.action.weightedTargets[${index}]`,
          };
      return;
    case 'node':
      for (const [index, backend] of entity.backends.entries())
        if (backend.viaGroup === undefined)
          yield { target: backend, path: `spec.backends[${index}].virtualService` };
      for (const [index, target] of entity.backendGroups.entries()) {
        const path = `spec.backendGroups[${index}]`;
        yield { target, path };
        for (const backend of entity.backends)
          if (backend.viaGroup === target.key) yield { target: backend, path, at: `${path}|${backend.key}` };
      }
      return;
    case 'backendGroup':
      for (const [index, target] of entity.members.entries())
        yield { target, path: `spec.virtualservices[${index}]` };
      return;
    case 'gateway':
      return;
  }
}

function overridden(entity: Entity, { target, path }: Reference): Finding | undefined {
  return target.ignoredRef === undefined
    ? undefined
    : finding('MD105', entity.key, {
        at: path,
        path,
        details: { path, target: target.ignoredRef, arn: target.arn ?? '' },
      });
}

function judge(entity: Entity, { target, path, at = path }: Reference): Finding | undefined {
  const named = { at, path, details: { target: targetName(target) } };
  switch (target.resolution) {
    case 'missing':
      return finding('MD101', entity.key, { ...named, related: [target.key] });
    case 'otherMesh':
      return finding('MD102', entity.key, { ...named, related: [target.key] });
    case 'unset':
      return finding('MD104', entity.key, { at, path, details: { path } });
    case 'foreign':
      return target.arnUnfit === true
        ? finding('MD106', entity.key, { at, path, details: { arn: target.arn ?? '' } })
        : undefined;
    case 'ok':
    case 'unread':
      return undefined;
  }
}

export function referenceFindings(entity: Entity): Finding[] {
  const found = [...referencesOf(entity)].flatMap((reference) =>
    [overridden(entity, reference), judge(entity, reference)].filter((each) => each !== undefined),
  );
  if (entity.kind === 'service' && entity.provider.kind === 'none')
    found.push(finding('MD107', entity.key, { details: { hostname: entity.hostname } }));
  return found;
}

/** An object that cannot be read, or that belongs to no mesh of this cluster. */
export function malformedFinding(malformed: Malformed): Finding {
  const [first] = malformed.problems;
  const onlyMembership = malformed.problems.every(({ path }) => path === 'spec.meshRef');
  return finding(onlyMembership ? 'MD103' : 'MD110', malformed.key, {
    details: {
      path: first?.path ?? '',
      problem: first?.message ?? '',
      count: malformed.problems.length,
    },
    ...(first === undefined ? {} : { path: first.path }),
  });
}
