/** What kubectl and client libraries ask first: groups, versions and resources. */
import { REVIEW_GROUPS, reviewResources } from './reviews';
import { isScalable } from './scale';
import type { ResourceType } from './types';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

const groupVersion = (type: ResourceType) =>
  type.group === '' ? type.version : `${type.group}/${type.version}`;

function group(name: string, types: ResourceType[]) {
  const versions = [...new Set(types.filter((type) => type.group === name).map((type) => type.version))].map(
    (version) => ({ groupVersion: `${name}/${version}`, version }),
  );
  return { name, versions, preferredVersion: versions[0] };
}

function resources(types: ResourceType[], wanted: string) {
  return types
    .filter((type) => groupVersion(type) === wanted)
    .flatMap((type) => {
      const shared = { namespaced: type.namespaced, kind: type.kind };
      const main = {
        name: type.plural,
        singularName: type.singular,
        ...shared,
        verbs: VERBS,
        ...(type.shortNames.length > 0 ? { shortNames: type.shortNames } : {}),
        ...(type.categories.length > 0 ? { categories: type.categories } : {}),
      };
      const status = {
        name: `${type.plural}/status`,
        singularName: '',
        ...shared,
        verbs: ['get', 'patch', 'update'],
      };
      const scale = {
        name: `${type.plural}/scale`,
        singularName: '',
        namespaced: true,
        group: 'autoscaling',
        version: 'v1',
        kind: 'Scale',
        verbs: ['get', 'patch', 'update'],
      };
      return [main, ...(type.statusSubresource ? [status] : []), ...(isScalable(type) ? [scale] : [])];
    });
}

/** The answer for a discovery path (`/api`, `/apis`, `/apis/GROUP`, `/apis/GROUP/VERSION`, `/version`), if it is one. */
export function discovery(path: string, types: ResourceType[]): object | undefined {
  if (path === '/version')
    return {
      major: '1',
      minor: '31',
      gitVersion: 'v1.31.0-sandbox',
      platform: `${process.platform}/${process.arch}`,
    };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  const names = [...new Set(types.map((type) => type.group))].filter((name) => name !== '');
  names.push(...REVIEW_GROUPS);
  if (path === '/apis')
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: names.map((name) => describe(name, types)) };
  const [, prefix, first = '', second, ...rest] = path.split('/');
  if (rest.length > 0) return undefined;
  if (prefix === 'api' && first === 'v1' && second === undefined)
    return { kind: 'APIResourceList', groupVersion: 'v1', resources: resources(types, 'v1') };
  if (prefix !== 'apis' || !names.includes(first)) return undefined;
  if (second === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...describe(first, types) };
  const wanted = `${first}/${second}`;
  const list =
    REVIEW_GROUPS.includes(first) && second === 'v1' ? reviewResources(first) : resources(types, wanted);
  if (list.length === 0) return undefined;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: wanted, resources: list };
}

function describe(name: string, types: ResourceType[]) {
  if (!REVIEW_GROUPS.includes(name)) return group(name, types);
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
}
