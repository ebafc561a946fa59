import { diffLines } from 'diff';

/** One line of a diff; `gap` stands for that many unchanged lines that are left out. */
export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string } | { kind: 'gap'; count: number };

/** Unchanged lines shown around each change. */
const CONTEXT = 3;

/** The lines of a text; the end of the last line begins no new one. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A line diff with the unchanged lines far from any change folded. Empty where nothing changed. */
export function yamlDiff(before: string, after: string): DiffLine[] {
  const all: Exclude<DiffLine, { kind: 'gap' }>[] = diffLines(before, after).flatMap(
    ({ value: text, added, removed }) =>
      linesOf(text).map((line) => ({
        kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
        text: line,
      })),
  );
  const near = all.map(() => false);
  all.forEach(({ kind }, i) => {
    if (kind === 'same') return;
    for (let j = Math.max(0, i - CONTEXT); j <= Math.min(all.length - 1, i + CONTEXT); j += 1) near[j] = true;
  });
  if (!near.includes(true)) return [];
  const shown: DiffLine[] = [];
  all.forEach((line, i) => {
    const last = shown.at(-1);
    if (near[i] === true) shown.push(line);
    else if (last?.kind === 'gap') last.count += 1;
    else shown.push({ kind: 'gap', count: 1 });
  });
  return shown;
}
