/** `npx meshdeck check`: the whitelists of manifests or of a cluster against a rule file, for people and for CI. */
import 'server-only';
import { writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { PolicyRule } from '@/lib/mesh/backends/policy';
import { buildModels } from '@/lib/providers/app-mesh';
import { worldOfManifests } from '@/lib/providers/app-mesh/manifests';
import { readCluster } from './cluster';
import { evaluate, type Checked } from './evaluate';
import { filesBelow, readManifests } from './manifest-files';
import { loadPolicy } from './policy-file';
import { FORMATS, report, type Format } from './report';

const HELP = `meshdeck check: the whitelists of App Mesh against rules

  meshdeck check --manifests PATH [--policy FILE]
  meshdeck check --context NAME [--policy FILE]

  --manifests PATH   YAML files, or folders of them; repeat for several
  --context NAME     a context of the kubeconfig
  --kubeconfig FILE  use this kubeconfig (default: $KUBECONFIG, then ~/.kube/config)
  --policy FILE      rules of the kind BackendPolicy; without, only references are looked at
  --format FORMAT    text (default), json, sarif or junit
  --output FILE      write the report there in place of standard output
  --fail-on LEVEL    error (default) or warning: from which severity on the exit code is 1
  --help             this text

Exit code: 0 nothing found, 1 something found, 2 it could not be looked at.
`;

/** What the command line asks for. */
interface Asked {
  manifests: string[];
  context: string | undefined;
  kubeconfig: string | undefined;
  policy: string | undefined;
  format: Format;
  output: string | undefined;
  failOn: 'error' | 'warning';
}

interface Outcome {
  code: 0 | 1 | 2;
  out: string;
  err: string;
}

const unusable = (message: string): Outcome => ({ code: 2, out: '', err: `meshdeck check: ${message}\n` });

function asked(args: readonly string[]): Asked | 'help' | { problem: string } {
  const text = { type: 'string' } as const;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        manifests: { type: 'string', multiple: true },
        context: text,
        kubeconfig: text,
        policy: text,
        format: text,
        output: text,
        'fail-on': text,
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return 'help';
  const {
    manifests = [],
    context,
    kubeconfig,
    policy,
    output,
    format = 'text',
    'fail-on': failOn = 'error',
  } = values;
  const known = FORMATS.find((each) => each === format);
  if (known === undefined) return { problem: `--format is one of ${FORMATS.join(', ')}` };
  if (failOn !== 'error' && failOn !== 'warning') return { problem: '--fail-on is error or warning' };
  const cluster = context !== undefined || kubeconfig !== undefined;
  if (cluster === manifests.length > 0)
    return { problem: 'name either --manifests, or --context or --kubeconfig of a cluster' };
  return { manifests, context, kubeconfig, policy, format: known, output, failOn };
}

function checkManifests(paths: readonly string[], rules: readonly PolicyRule[], now: Date): Checked | string {
  let files: string[];
  try {
    files = paths.flatMap(filesBelow);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const read = readManifests(files);
  const [problem] = read.problems;
  if (problem !== undefined) return `${problem.place.file}:${problem.place.line}: ${problem.message}`;
  const models = buildModels(worldOfManifests(read.objects), now);
  return evaluate(models, rules, now, (namespace, name, path) => {
    const place = read.placeOf('VirtualNode', namespace, name, path);
    return place && { ...place, file: relative(process.cwd(), resolve(place.file)) };
  });
}

/** Does what the command line asks for. Writes nothing but `--output`. */
export async function check(args: readonly string[], now: Date, signal: AbortSignal): Promise<Outcome> {
  const wanted = asked(args);
  if (wanted === 'help') return { code: 0, out: HELP, err: '' };
  if ('problem' in wanted) return unusable(`${wanted.problem}\n\n${HELP}`);
  const read = loadPolicy(wanted.policy);
  if (!read.ok) return unusable(read.message);
  let checked: Checked | string;
  if (wanted.manifests.length > 0) checked = checkManifests(wanted.manifests, read.rules, now);
  else {
    const cluster = await readCluster(wanted, signal);
    checked = cluster.ok ? evaluate(buildModels(cluster.world, now), read.rules, now) : cluster.message;
  }
  if (typeof checked === 'string') return unusable(checked);
  const said = report(checked, wanted.format);
  if (wanted.output !== undefined) writeFileSync(wanted.output, said);
  const bad = checked.results.some(({ severity }) => severity === 'error' || wanted.failOn === 'warning');
  return { code: bad ? 1 : 0, out: wanted.output === undefined ? said : '', err: '' };
}
