import { matchText } from '@/components/ui/match-text';
import type { MatchCondition } from '@/lib/mesh/model';

/** Characters of 12 px monospace (about 7.3 px each) that stand beside the protocol on a gateway's card. */
const LINE = 28;
const MOST_LINES = 3;
const JOINT = ' & ';

/** Sizes are asked for with every layout; a match that is the same is not broken again. */
const known = new WeakMap<readonly MatchCondition[], readonly string[]>();

/** A match in lines that fit the card: broken between conditions where it can be, and cut, with a sign of it, after the third. */
export function matchLines(match: readonly MatchCondition[]): readonly string[] {
  const before = known.get(match);
  if (before) return before;
  const lines = broken(matchText(match));
  known.set(match, lines);
  return lines;
}

function broken(whole: string): string[] {
  const parts = whole.split(JOINT);
  const lines: string[] = [];
  let line = '';
  for (const [n, part] of parts.entries()) {
    const text = n === parts.length - 1 ? part : `${part} &`;
    if (line !== '' && line.length + 1 + text.length > LINE) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? text : `${line} ${text}`;
    for (; line.length > LINE; line = line.slice(LINE)) lines.push(line.slice(0, LINE));
  }
  lines.push(line);
  if (lines.length <= MOST_LINES) return lines;
  const last = lines[MOST_LINES - 1] ?? '';
  return [...lines.slice(0, MOST_LINES - 1), `${last.slice(0, LINE - 1)}…`];
}
