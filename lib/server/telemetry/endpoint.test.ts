/** The SDK's own variables say where X-Ray and CloudWatch are: nothing else need be configured. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TelemetryAnswer, TracesAnswer } from '@/lib/api/telemetry';
import { readConfig } from '../config';
import { startRig, type Rig } from '../testing/rig';

const MESH = '/api/v1/sources/sandbox/meshes/shop';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.stop();
  rig = undefined;
  vi.unstubAllEnvs();
});

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A console that is told nothing but a region, and the variables that `variables` makes of the sandbox's address. */
async function answered(variables: (sandbox: string) => Record<string, string>) {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_XRAY', 'AWS_ENDPOINT_URL_CLOUDWATCH'])
    vi.stubEnv(name, undefined);
  const read = readConfig({ MESHDECK_TELEMETRY: 'us-west-2' });
  if (!read.ok) throw new Error(read.message);
  rig = await startRig('shop', { telemetry: read.config.telemetry }, ({ url }) => {
    for (const [name, text] of Object.entries(variables(url))) vi.stubEnv(name, text);
    return Promise.resolve({});
  });
  const { ask } = rig;
  const measured = (await ask('GET', `${MESH}/telemetry?window=15m`)).body as TelemetryAnswer;
  const traces = (await ask('GET', `${MESH}/traces?window=15m`)).body as TracesAnswer;
  return {
    phases: Object.fromEntries(measured.evidence.map(({ kind, phase }) => [kind, phase])),
    problems: measured.evidence.flatMap(({ problem }) => (problem ? [problem.code] : [])),
    witnesses: Object.values(measured.telemetry.entities)
      .flatMap(({ observations }) => observations.map(({ evidence }) => evidence))
      .filter((kind, place, all) => all.indexOf(kind) === place)
      .sort(),
    traces: traces.traces.length,
    consoleUrl: traces.consoleUrl,
  };
}

const MEASURED = {
  phases: { xray: 'ok', cloudwatch: 'ok' },
  witnesses: ['cloudwatch', 'xray'],
  problems: [],
};

describe('where evidence is asked', () => {
  it('is what the variables of the two services say', async () => {
    const told = await answered((url) => ({
      AWS_ENDPOINT_URL_XRAY: url,
      AWS_ENDPOINT_URL_CLOUDWATCH: url,
    }));
    expect(told).toMatchObject(MEASURED);
    expect(told.traces).toBeGreaterThan(0);
    expect(told.consoleUrl).toBeUndefined();
  });

  it('is what the variable of all services says, and no page of AWS is named for it', async () => {
    const told = await answered((url) => ({ AWS_ENDPOINT_URL: url }));
    expect(told).toMatchObject(MEASURED);
    expect(told.traces).toBeGreaterThan(0);
    expect(told.consoleUrl).toBeUndefined();
  });

  it('is for each service what its own variable says', async () => {
    const nobody = `http://127.0.0.1:${await closedPort()}`;
    const told = await answered((url) => ({ AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_CLOUDWATCH: nobody }));
    expect(told).toMatchObject({
      phases: { xray: 'ok', cloudwatch: 'failed' },
      witnesses: ['xray'],
      problems: ['E615'],
    });
  });
});
