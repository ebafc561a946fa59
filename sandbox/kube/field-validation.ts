/** `fieldValidation=`: what becomes of fields a kind does not have, and of fields that stand twice. */
import type { OutgoingHttpHeaders } from 'node:http';
import { isPair, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Fields } from './json';
import { isFields } from './json';
import { badRequest } from './refusals';
import type { ApiRequest } from './request';

type Directive = 'Ignore' | 'Warn' | 'Strict';

const isDirective = (text: string): text is Directive => ['Ignore', 'Warn', 'Strict'].includes(text);

/** Collects what is wrong with the fields of one request. The API server's default is to warn. */
export class FieldValidation {
  private readonly found: string[] = [];
  private readonly directive: Directive;

  /** `refused` words the refusal of a strict request. */
  constructor(
    request: ApiRequest,
    private readonly refused: (why: string) => Error,
  ) {
    const asked = request.query.get('fieldValidation') ?? '';
    if (asked !== '' && !isDirective(asked))
      throw badRequest(
        `fieldValidation: Unsupported value: "${asked}": supported values: "Ignore", "Strict", "Warn"`,
      );
    this.directive = isDirective(asked) ? asked : 'Warn';
  }

  duplicates(body: string, parsed: unknown): void {
    if (this.directive !== 'Ignore')
      this.take(duplicateFields(body, parsed).map((path) => `duplicate field "${path}"`));
  }

  readonly unknown = (paths: string[]): void => this.take(paths.map((path) => `unknown field "${path}"`));

  /** The header that tells a client what was left out. */
  headers(): OutgoingHttpHeaders {
    const texts = [...new Set(this.found)];
    return texts.length === 0
      ? {}
      : { warning: texts.map((text) => `299 - ${JSON.stringify(text)}`).join(', ') };
  }

  private take(texts: string[]): void {
    if (this.directive === 'Ignore' || texts.length === 0) return;
    if (this.directive === 'Strict') throw this.refused(`strict decoding error: ${texts.join(', ')}`);
    this.found.push(...texts);
  }
}

/** Paths of fields that stand more than once. Counting first spares reading the body twice when there are none. */
export function duplicateFields(body: string, parsed: unknown): string[] {
  const looksLikeJson = /^\s*[[{]/.test(body);
  if (looksLikeJson) {
    const written =
      body.match(/"(?:[^"\\]|\\.)*"(?:\s*:)?/g)?.filter((token) => token.endsWith(':')).length ?? 0;
    if (written === countFields(parsed)) return [];
  }
  const duplicates: string[] = [];
  visit(parseDocument(body, { uniqueKeys: false }), {
    Map(_, map, above) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : String(key);
        if (seen.has(name))
          duplicates.push([...pathOf([...above, map]), name].join('.').replaceAll('.[', '['));
        seen.add(name);
      }
    },
  });
  return duplicates;
}

function countFields(at: unknown): number {
  if (Array.isArray(at)) return at.reduce<number>((sum, item) => sum + countFields(item), 0);
  if (!isFields(at)) return 0;
  return Object.values(at as Fields).reduce<number>((sum, inner) => sum + 1 + countFields(inner), 0);
}

function pathOf(nodes: readonly unknown[]): string[] {
  return nodes.flatMap((node, index) => {
    if (isPair(node)) return [isScalar(node.key) ? String(node.key.value) : ''];
    const list = nodes[index - 1];
    return isSeq(list) ? [`[${list.items.indexOf(node)}]`] : [];
  });
}
