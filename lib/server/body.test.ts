import { expect, it } from 'vitest';
import { readJson } from './body';

const post = (body: BodyInit, contentType = 'application/json', headers: Record<string, string> = {}) =>
  new Request('http://localhost/', {
    method: 'PATCH',
    body,
    headers: { 'content-type': contentType, ...headers },
  });

it('reads JSON', async () => {
  expect(await readJson(post('{"a":1}', 'application/json; charset=utf-8'))).toEqual({
    ok: true,
    json: { a: 1 },
  });
});

it.each(['', '{', 'weights=1', '{"a":1}}'])('refuses what is not JSON: %o', async (body) => {
  expect(await readJson(post(body))).toMatchObject({ problem: { code: 'E100', status: 400 } });
});

it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
  'refuses %s',
  async (type) => {
    expect(await readJson(post('{}', type))).toMatchObject({ problem: { code: 'E103', status: 415 } });
  },
);

it('refuses five megabytes', async () => {
  const body = JSON.stringify({ reason: 'x'.repeat(5 * 1024 * 1024) });
  expect(await readJson(post(body))).toMatchObject({ problem: { code: 'E102', status: 413 } });
});

it('stops reading at the limit when the length was not announced', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(16 * 1024).fill(32));
    },
  });
  const init: RequestInit & { duplex: 'half' } = {
    method: 'PATCH',
    body: endless,
    duplex: 'half',
    headers: { 'content-type': 'application/json' },
  };
  expect(await readJson(new Request('http://localhost/', init))).toMatchObject({ problem: { code: 'E102' } });
  expect(sent).toBeLessThan(10);
});
