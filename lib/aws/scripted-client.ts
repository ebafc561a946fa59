/** Clients over an API that answers as it is told, for tests. */
import { afterEach } from 'vitest';
import type { ConnectionOptions } from './connection';
import { startScriptedApi } from './scripted-api';
import type { ScriptedApi } from './scripted-api';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Without a pace, and asking once. */
const AT_ONCE = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
  perSecond: 10_000,
  burst: 10_000,
  attempts: 1,
} as const;

/** What `create` makes, connected to an API of its own; both end with the test. `prefix`: what the API's paths begin with. */
export async function openScripted<Client extends { close(): void }>(
  create: (connection: ConnectionOptions) => Client,
  answer: ScriptedApi['answer'],
  { prefix = '', ...connection }: Partial<ConnectionOptions> & { prefix?: string } = {},
): Promise<[Client, ScriptedApi]> {
  const scripted = await startScriptedApi(answer, prefix);
  const client = create({ endpoint: scripted.url, ...AT_ONCE, ...connection });
  stops.push(() => {
    client.close();
    return scripted.stop();
  });
  return [client, scripted];
}
