/** The launcher's command line. */
import { join } from 'node:path';
import util from 'node:util';
import { UsageError, fromHere, root } from './prepare.mjs';

export const HELP = `meshdeck: a console for AWS App Mesh

  npm start                          the embedded cluster (the sandbox) with its "shop" mesh
  npm start -- --context NAME        a cluster from your kubeconfig
  npx meshdeck check --help          the whitelists of manifests or a cluster against rules, for CI

  --port N           port of the console (default 7400)
  --host ADDRESS     address to listen on (default 127.0.0.1); there is no sign-in yet, so only loopback is accepted
  --context NAME     use this context of the kubeconfig; repeat for several clusters
  --kubeconfig FILE  use this kubeconfig (default for --context: $KUBECONFIG, then ~/.kube/config)
  --in-cluster       use the service account of the pod meshdeck runs in
  --namespace NAME   read this namespace only; repeat for several
  --app-mesh SPEC    read an App Mesh API: REGION[,endpoint=URL][,profile=NAME][,name=NAME];
                     repeat for several, or set MESHDECK_APP_MESH to SPECs separated by semicolons
  --no-app-mesh      leave out the sandbox's own App Mesh API
  --telemetry SPEC   ask X-Ray and CloudWatch: REGION[,endpoint=URL][,profile=NAME][,namespace=NAME][,group=NAME][,source=ID];
                     repeat for several sources, or set MESHDECK_TELEMETRY
  --no-telemetry     leave out the sandbox's own X-Ray and CloudWatch
  --telemetry-refresh SECONDS
                     how often what is on a screen is asked for (default 60, least 5)
  --telemetry-budget USD
                     dollars an hour, at list prices, from which on less is asked for (default: none)
  --read-only        refuse every write
  --policy FILE      rules for the whitelist (docs/policy.md); what breaks them is a finding
  --no-engine        do not carry out traffic shifts; another engine of the cluster may
  --scenario NAME    what the sandbox holds: shop (default), tutorial, scale=N
  --manifests PATH   load these YAML files into the sandbox; repeat for several
  --crds DIR         load these CRDs into the sandbox in place of its own; repeat for several
  --sandbox-port N   port of the sandbox's Kubernetes API (default 7443)
  --sandbox-kubeconfig FILE
                     where to write the sandbox's kubeconfig (default .meshdeck/sandbox.kubeconfig)
  --help             this text

A real cluster is used only when named: without --context, --kubeconfig, --in-cluster or --app-mesh the sandbox runs; beside
--app-mesh it runs when --scenario, --manifests or --crds say what it holds.
`;

/** Splits what a context name may hold and must not. */
const CONTEXT_SEPARATOR = ';';

/** What may follow the region in a SPEC, and how that is said. */
const APP_MESH_FIELDS = { names: 'endpoint|profile|name', said: 'endpoint=URL, profile=NAME and name=NAME' };
const TELEMETRY_FIELDS = {
  names: 'endpoint|profile|namespace|group|source',
  said: 'endpoint=URL, profile=NAME, namespace=NAME, group=NAME and source=ID',
};

/** Why a SPEC cannot be used, as one clause; undefined for one that can. The console reads it again, with the same rules. */
function flawOf(spec, { names, said }) {
  const [region = '', ...fields] = spec.split(',').map((part) => part.trim());
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region))
    return 'begins with a region, such as eu-west-1,endpoint=http://127.0.0.1:7443';
  if (spec.includes(';')) return 'must not hold a semicolon';
  const seen = new Set();
  for (const field of fields) {
    const [, name, content] = new RegExp(`^(${names})\\s*=\\s*(\\S.*)$`).exec(field) ?? [];
    if (name === undefined) return `takes ${said} after the region`;
    if (seen.has(name)) return `names ${name} twice`;
    seen.add(name);
    if (name !== 'endpoint') continue;
    const url = URL.canParse(content) ? new URL(content) : undefined;
    if (!/^https?:$/.test(url?.protocol ?? '') || url.username !== '' || url.password !== '')
      return 'needs an http or https address without a user name as endpoint';
  }
  return undefined;
}

/** The SPECs of a flag, else of its environment variable; throws UsageError for one that cannot be used. */
function specsOf(flag, given, variable, fields) {
  const fromEnvironment = (process.env[variable] ?? '').split(';').filter((spec) => spec.trim());
  const specs = given.length > 0 ? given : fromEnvironment;
  for (const spec of specs) {
    const flaw = flawOf(spec, fields);
    // An address may hold a password: only the region is repeated.
    if (flaw !== undefined) throw new UsageError(`--${flag} ${spec.split(',')[0].trim()}: a SPEC ${flaw}.`);
  }
  return specs;
}

const amount = (text, flag, least) => {
  if (text === undefined || (text.trim() !== '' && Number(text) >= least)) return text;
  throw new UsageError(`--${flag} ${text}: a number of at least ${least}.`);
};

const port = (text, flag) => {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65535)
    throw new UsageError(`--${flag} ${text}: a port is a whole number from 0 to 65535.`);
  return number;
};

const isLoopback = (host) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** @returns the parsed options, or `help: true`; throws UsageError with one sentence. */
export function parseOptions(argv) {
  let values;
  try {
    ({ values } = util.parseArgs({
      args: argv,
      options: {
        port: { type: 'string', default: '7400' },
        host: { type: 'string', default: '127.0.0.1' },
        context: { type: 'string', multiple: true, default: [] },
        'app-mesh': { type: 'string', multiple: true, default: [] },
        'no-app-mesh': { type: 'boolean', default: false },
        telemetry: { type: 'string', multiple: true, default: [] },
        'no-telemetry': { type: 'boolean', default: false },
        'telemetry-refresh': { type: 'string' },
        'telemetry-budget': { type: 'string' },
        kubeconfig: { type: 'string' },
        'in-cluster': { type: 'boolean', default: false },
        namespace: { type: 'string', multiple: true, default: [] },
        'read-only': { type: 'boolean', default: false },
        'no-engine': { type: 'boolean', default: false },
        scenario: { type: 'string' },
        policy: { type: 'string' },
        manifests: { type: 'string', multiple: true, default: [] },
        crds: { type: 'string', multiple: true, default: [] },
        'sandbox-port': { type: 'string', default: '7443' },
        'sandbox-kubeconfig': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(
      `${error.message.split('. ')[0].replace(/\.$/, '')}; npm start -- --help lists the flags.`,
    );
  }
  const cluster = values['in-cluster'] || values.context.length > 0 || values.kubeconfig !== undefined;
  const forSandbox = values.scenario !== undefined || values.manifests.length > 0 || values.crds.length > 0;
  if (cluster && forSandbox)
    throw new UsageError(
      '--scenario, --manifests and --crds belong to the sandbox, which does not run beside a named cluster.',
    );
  if (values['in-cluster'] && (values.context.length > 0 || values.kubeconfig !== undefined))
    throw new UsageError(
      '--in-cluster uses the pod’s service account; leave out --context and --kubeconfig.',
    );
  for (const name of values.context)
    if (name.includes(CONTEXT_SEPARATOR))
      throw new UsageError(`--context ${name}: the name of a context must not hold a semicolon here.`);
  const appMesh = specsOf('app-mesh', values['app-mesh'], 'MESHDECK_APP_MESH', APP_MESH_FIELDS);
  const telemetry = specsOf('telemetry', values.telemetry, 'MESHDECK_TELEMETRY', TELEMETRY_FIELDS);
  const host = values.host.replace(/^\[(.*)\]$/, '$1');
  if (!isLoopback(host))
    throw new UsageError(
      `--host ${host}: without sign-in the console listens on loopback only; use 127.0.0.1 and a tunnel or kubectl port-forward.`,
    );
  return {
    help: values.help,
    port: port(values.port, 'port'),
    host,
    sandboxKubeconfig:
      values['sandbox-kubeconfig'] === undefined
        ? join(root, '.meshdeck', 'sandbox.kubeconfig')
        : fromHere(values['sandbox-kubeconfig']),
    sandboxPort: port(values['sandbox-port'], 'sandbox-port'),
    contexts: values.context,
    appMesh,
    sandboxAppMesh: !values['no-app-mesh'],
    telemetry,
    sandboxTelemetry: !values['no-telemetry'] && telemetry.length === 0,
    telemetryRefresh: amount(values['telemetry-refresh'], 'telemetry-refresh', 5),
    telemetryBudget: amount(values['telemetry-budget'], 'telemetry-budget', 0),
    kubeconfig: values.kubeconfig,
    inCluster: values['in-cluster'],
    namespaces: values.namespace,
    readOnly: values['read-only'],
    policy: values.policy === undefined ? undefined : fromHere(values.policy),
    engine: !values['no-engine'] && !values['read-only'] && (cluster || appMesh.length === 0 || forSandbox),
    scenario: values.scenario,
    manifests: values.manifests.map(fromHere),
    crds: values.crds.map(fromHere),
    cluster,
    sandbox: !cluster && (appMesh.length === 0 || forSandbox),
  };
}
