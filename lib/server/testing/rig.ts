/** A console over a running sandbox, asked as a browser would ask it. */
import { DEFAULT_THRESHOLDS } from '@/lib/mesh/telemetry/health';
import { z } from 'zod';
import type { Config } from '../config';
import { openConsole, type MeshConsole } from '../console';
import { dispatch } from '../dispatch';
import { startSandbox, type RunningSandbox } from './sandbox';

export interface Rig {
  sandbox: RunningSandbox;
  console: MeshConsole;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  stop(): Promise<void>;
}

export interface Answered {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  body: any;
}

export const SOURCE = '/api/v1/sources/sandbox';

/** A console over one cluster, with nothing else: no other source, no telemetry, no word in the log. */
export const quietConfig = (kubeconfig: string): Config => ({
  kubeconfig,
  contexts: [],
  appMesh: [],
  telemetry: [],
  telemetryRefreshSeconds: 60,
  telemetryBudgetUsdPerHour: undefined,
  thresholds: DEFAULT_THRESHOLDS,
  channelsFile: undefined,
  inCluster: false,
  namespaces: undefined,
  readOnly: false,
  host: undefined,
  logLevel: 'silent',
});

/** A request to a console, and its answer read to the end. A string body is sent as it is. */
export async function ask(
  console: MeshConsole,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const request = new Request(`http://localhost:7521${path}`, {
    method,
    headers: {
      host: 'localhost:7521',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const response = await dispatch(console, request);
  return {
    status: response.status,
    headers: response.headers,
    body: z.unknown().parse(await response.json()),
  };
}

/** Resolves at the first moment `condition` holds, looking whenever the hub or the state changes. */
export function until(console: MeshConsole, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const look = () => {
      if (!condition()) return;
      stops.forEach((stop) => stop());
      resolve();
    };
    for (const source of console.sources) stops.push(source.hub.subscribe(look), source.onState(look));
    look();
  });
}

/**
 * Starts a sandbox and a console over it, and waits for its first picture. `prepare` may bring the sandbox into a state
 * first; what it gives back is configuration that only the running sandbox can tell.
 */
export async function startRig(
  scenario: string,
  config: Partial<Config> = {},
  prepare: (sandbox: RunningSandbox) => Promise<Partial<Config>> = () => Promise.resolve({}),
): Promise<Rig> {
  const sandbox = await startSandbox(scenario);
  const prepared = await prepare(sandbox);
  const console = openConsole({
    ...quietConfig(sandbox.kubeconfig),
    ...config,
    ...prepared,
  });
  await until(console, () => console.sources.every((source) => source.hub.ready()));
  return {
    sandbox,
    console,
    ask: (...args) => ask(console, ...args),
    stop: async () => {
      console.stop();
      await sandbox.stop();
    },
  };
}
