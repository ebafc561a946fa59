import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fetchJson, ProblemError, requestJson } from './request';

const answer = z.object({ hello: z.string() });
const problem = { type: 'urn:meshdeck:problem:E409', title: 't', status: 409, code: 'E409', detail: 'moved' };

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** The address of a console that answers every request like this. */
async function consoleThat(answers: RequestListener): Promise<string> {
  server = createServer(answers);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/x`;
}
const saying = (status: number, text: string) =>
  consoleThat((_, response) => response.writeHead(status).end(text));

const WRITE = { method: 'PATCH', body: '{}' };
const codeOf = async (path: string, init?: RequestInit) => {
  const result = await requestJson(path, answer, init);
  return result.ok ? 'ok' : result.problem.code;
};

describe('a request to the console', () => {
  it('is answered by its schema', async () => {
    const path = await saying(200, '{"hello":"world","more":1}');
    expect(await requestJson(path, answer)).toEqual({ ok: true, answer: { hello: 'world' } });
  });
  it('asks for JSON and keeps the headers of the caller', async () => {
    const path = await consoleThat(({ headers }, response) =>
      response.end(JSON.stringify({ hello: `${headers.accept} ${String(headers['x-a'])}` })),
    );
    expect(await requestJson(path, answer, { headers: { 'x-a': 'b' } })).toMatchObject({
      answer: { hello: 'application/json b' },
    });
  });
  it('that is refused comes back with the problem', async () => {
    expect(await requestJson(await saying(409, JSON.stringify(problem)), answer)).toEqual({
      ok: false,
      problem,
    });
  });
  it('that is refused in other words is unexpected', async () => {
    expect(await codeOf(await saying(500, '{"error":"x"}'))).toBe('E599');
    expect(await codeOf(await saying(502, '<html>'))).toBe('E599');
  });
  it('whose answer has another shape is unexpected', async () => {
    expect(await codeOf(await saying(200, '{"hello":7}'))).toBe('E599');
    expect(await codeOf(await saying(200, 'OK'), WRITE)).toBe('E599');
  });

  it('that finds nobody is E501, but a write may have been carried out: E505', async () => {
    const path = await consoleThat(({ socket }) => void socket.destroy());
    expect(await codeOf(path)).toBe('E501');
    expect(await codeOf(path, { method: 'GET' })).toBe('E501');
    expect(await codeOf(path, WRITE)).toBe('E505');
  });
  it('whose answer breaks off in the middle is the same', async () => {
    const path = await consoleThat((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"hello":', () => response.destroy());
    });
    expect(await codeOf(path)).toBe('E501');
    expect(await codeOf(path, WRITE)).toBe('E505');
  });
  it.each([502, 504])('that a proxy answers with %i says nothing about a write', async (status) => {
    expect(await codeOf(await saying(status, '<html>'), WRITE)).toBe('E505');
  });

  it('throws its problem where a throw is wanted', async () => {
    const path = await saying(409, JSON.stringify(problem));
    const error: unknown = await fetchJson(path, answer).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ problem, message: 'moved' });
  });
});
