import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, problem } from '@/lib/api/problem';
import { createTranslate, isMessageKey } from '@/lib/i18n/translate';
import { LOCALES } from '@/lib/i18n/locale';
import { fail, problemResponse } from './problem';

/** Every value that any problem message names. */
const VALUES = {
  count: 1, first: 'f', limitKiB: 64, contentType: 't', origin: 'o', verb: 'patch', resource: 'r', namespace: 'n',
  message: 'm', owner: 'o', name: 'n', source: 's', mesh: 'm', kind: 'k', router: 'r', route: 'r', method: 'GET',
  path: '/p', reason: 'sum', total: 110, max: 100, given: 'a', present: 'b', node: 'n', by: 'none', server: 's',
  status: 500, seconds: 1, id: 'i', at: 1, party: 'cluster', seen: 1, written: 3, expression: 'e', trace: '1-1',
  operation: 'GetTraceSummaries', look: 'kubectl get x', install: 'kubectl apply -f x', action: 'abort',
  service: 's', object: 'shop/o', group: 'shop/g', member: 'shop/m',
}; // prettier-ignore

describe.each(PROBLEM_CODES)('the problem %s', (code) => {
  it.each(LOCALES)('has a title, a reason and a next step in %s', (locale) => {
    const translate = createTranslate(locale);
    for (const part of ['title', 'what', 'next'] as const) {
      const key = `problem.${code}.${part}`;
      expect(isMessageKey(key), key).toBe(true);
      expect(translate(`problem.${code}.${part}`, VALUES)).not.toMatch(/[{}]/);
    }
  });

  it('has a section in the documentation', () => {
    expect(existsSync('docs/problems.md')).toBe(true);
    expect(readFileSync('docs/problems.md', 'utf8')).toMatch(new RegExp(`^## ${code} `, 'm'));
  });

  it('makes a document that fits the contract', async () => {
    const response = problemResponse(fail(code, { values: VALUES }), '/api/v1/x');
    const body: unknown = await response.json();
    expect(problem.parse(body)).toMatchObject({
      type: `urn:meshdeck:problem:${code}`,
      code,
      status: response.status,
      instance: '/api/v1/x',
    });
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

it.each(['E202', 'E410', 'E501', 'E502', 'E504'] as const)(
  'names the App Mesh API in %s where that failed',
  (code) => {
    const { title, detail } = fail(code, { values: { ...VALUES, party: 'api' } }).problem;
    expect(title).toMatch(/App Mesh API/);
    expect(`${title} ${detail}`).not.toMatch(/cluster|API server/i);
    const korean = createTranslate('ko');
    for (const part of ['title', 'what', 'next'] as const)
      expect(korean(`problem.${code}.${part}`, { ...VALUES, party: 'api' })).not.toContain('클러스터');
  },
);

it('speaks of the cluster where nobody else is named', () => {
  const { problem: refused } = fail('E504', { values: { seconds: 2 } });
  expect(refused.title).toBe('The cluster asks to slow down');
  expect(refused.values).toEqual({ seconds: 2 });
});

it('tells a throttled caller when to come back', () => {
  const response = problemResponse(fail('E504', { values: { seconds: 2 }, retryAfterS: 1.2 }), '/');
  expect(response.headers.get('retry-after')).toBe('2');
});
