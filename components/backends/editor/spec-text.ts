/** What a node says of backends as YAML: read with the line of what is wrong, and changed without touching the rest of the text. Pure. */
import { isSeq, LineCounter, parse, parseDocument, stringify } from 'yaml';
import type { Document } from 'yaml';
import { SPEC_FIELDS, specIssues } from '@/lib/mesh/backends/spec-rules';
import type { SpecIssue } from '@/lib/mesh/backends/spec-rules';
import { isFields, listEdits, same } from '@/lib/mesh/plain';

/** The three fields, as far as they are there. What is in them is what the CRD has, and whatever else somebody wrote. */
export interface Spec {
  backends?: unknown[];
  backendGroups?: unknown[];
  backendDefaults?: Readonly<Record<string, unknown>>;
}

/** Line of the text, from 1. `words`: those of the YAML parser. */
export interface TextProblem {
  line: number | undefined;
  words?: string;
  issue?: SpecIssue;
}

/** ok: it can be shown as a form; `problems` then are rules that are broken. */
export type ReadSpec =
  { ok: true; spec: Spec; problems: TextProblem[] } | { ok: false; problems: TextProblem[] };

const OPTIONS = { lineWidth: 0 } as const;

/** Rules without which there is nothing to show: a field is of another kind, or none of these. */
const SHAPE = ['list', 'fields', 'foreign'];

function lineOf(doc: Document, lines: LineCounter, path: SpecIssue['path']): number | undefined {
  // What is missing has no line: that of what it is missing from.
  for (let length = path.length; length >= 0; length -= 1) {
    const found = length === 0 ? doc.contents : doc.getIn(path.slice(0, length), true);
    const range = isFields(found) ? found['range'] : undefined;
    if (Array.isArray(range)) return lines.linePos(Number(range[0])).line;
  }
  return undefined;
}

/** Fields that are there and say something. */
export const specIn = (found: unknown): Spec =>
  Object.fromEntries(
    SPEC_FIELDS.flatMap((field) => {
      const held = isFields(found) ? found[field] : undefined;
      return held === undefined || held === null ? [] : [[field, held]];
    }),
  );

/** `namespace`: that of the node. An empty text is a node that says nothing. */
export function readSpec(text: string, namespace: string): ReadSpec {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines });
  const [error] = doc.errors;
  if (error !== undefined) {
    // Its place is told once, by the line.
    const words = error.message.replace(/ at line \d+, column \d+:[^]*$/, '');
    return { ok: false, problems: [{ line: error.linePos?.[0].line, words }] };
  }
  let found: unknown;
  try {
    found = doc.toJS() ?? {};
  } catch (thrown) {
    // An alias to nothing, or to far too much.
    return { ok: false, problems: [{ line: undefined, words: String(thrown) }] };
  }
  const problems = specIssues(found, namespace).map((issue): TextProblem => ({
    line: lineOf(doc, lines, issue.path),
    issue,
  }));
  const misshapen = problems.filter(({ issue }) => issue && SHAPE.includes(issue.rule));
  return misshapen.length > 0
    ? { ok: false, problems: misshapen }
    : { ok: true, spec: specIn(found), problems };
}

/** The text of what a node says; '' where it says nothing. */
export const writeSpec = (spec: Spec): string =>
  Object.keys(spec).length === 0 ? '' : stringify(spec, { ...OPTIONS, aliasDuplicateObjects: false });

function put(doc: Document, path: (string | number)[], before: unknown, after: unknown): void {
  if (same(before, after)) return;
  if (after === undefined) doc.deleteIn(path);
  else if (isFields(before) && isFields(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      put(doc, [...path, key], before[key], after[key]);
  } else if (Array.isArray(before) && before.length > 0 && Array.isArray(after) && after.length > 0) {
    const { removed, added } = listEdits(before, after);
    if (before.length === after.length)
      after.forEach((item: unknown, i) => put(doc, [...path, i], before[i], item));
    else {
      for (const i of [...removed].reverse()) doc.deleteIn([...path, i]);
      const list = doc.getIn(path);
      if (isSeq(list)) for (const i of added) list.items.splice(i, 0, doc.createNode(after[i]));
    }
  } else doc.setIn(path, doc.createNode(after));
}

/** The text with this in it. Comments and the order of what stays are kept as far as they can be. */
export function textWith(text: string, next: Spec): string {
  if (Object.keys(next).length === 0 && !text.includes('#')) return '';
  try {
    const doc = parseDocument(text);
    const before: unknown = doc.toJS() ?? {};
    put(doc, [], specIn(before), next);
    const made = doc.toString(OPTIONS);
    // With anchors a place may stand for several: then the whole is written anew.
    if (same(specIn(parse(made)), next)) return made;
  } catch {
    // A text that cannot be read cannot be kept.
  }
  return writeSpec(next);
}

/** What the cluster's own object says: the fields and the version they were read at. */
export function seenSpec(yaml: string): { uid: string; resourceVersion: string; spec: Spec } | undefined {
  const object: unknown = parse(yaml);
  const metadata = isFields(object) ? object['metadata'] : undefined;
  if (!isFields(object) || !isFields(metadata)) return undefined;
  return {
    uid: String(metadata['uid'] ?? ''),
    resourceVersion: String(metadata['resourceVersion'] ?? ''),
    spec: specIn(object['spec']),
  };
}
