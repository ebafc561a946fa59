import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubeObject } from '../kube/types';

const folder = fileURLToPath(new URL('.', import.meta.url));
/** What a cluster that uses the console has installed. */
const deployed = fileURLToPath(new URL('../../deploy/crds', import.meta.url));

const crdsIn = (path: string): KubeObject[] =>
  readdirSync(path)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => unshare(parse(readFileSync(join(path, file), 'utf8'))));

/**
 * The project's own definitions of the seven kinds of `appmesh.k8s.aws/v1beta2`, as CustomResourceDefinition objects.
 * The files repeat a shape by YAML alias; what is returned here shares nothing, so a caller may change any part.
 */
export const ownCrds = (): KubeObject[] => crdsIn(folder);

/** The console's own kinds: TrafficShift. */
export const consoleCrds = (): KubeObject[] => crdsIn(deployed);

/** Writes aliases out in full: parsed YAML holds one object wherever an alias points to it. */
function unshare(crd: KubeObject): KubeObject {
  return JSON.parse(JSON.stringify(crd));
}
