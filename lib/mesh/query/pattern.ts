/**
 * Regular expressions whose time is bounded: each character of the text is looked at once, whatever the pattern, so that
 * nobody can stall the browser or the server with one. They are run as sets of states (Thompson's construction), made as
 * they are met and kept. What needs a memory of the text, back references and looking around, is therefore not there.
 */
import { parsePattern } from './pattern-syntax';
import type { Piece } from './pattern-syntax';

/** Longest pattern, unless told otherwise, and most steps it may unfold to. */
const LONGEST = 100;
const MOST_STEPS = 600;
/** States that are kept; past that they are made for one use. */
const MOST_STATES = 500;

type Step =
  | { kind: 'char'; takes: (char: string) => boolean }
  | { kind: 'fork'; ways: number[] }
  | { kind: 'start' | 'end' | 'done' };

interface State {
  steps: readonly number[];
  /** Found already, whatever follows. */
  done: boolean;
  /** Found if the text ends here. */
  doneAtEnd: boolean;
  kept: boolean;
  next: Map<string, State>;
}

/** Whether a text holds the pattern somewhere. */
export type PatternTest = (text: string) => boolean;

interface PatternOptions {
  /** Whether capital letters count as such; else the texts are in lower case. */
  cased?: boolean;
  /** Characters a pattern may have. */
  longest?: number;
}

/** Reads a pattern. `unread` is the part that is not understood; '' when the pattern is too large. */
export function patternTest(
  source: string,
  { cased = false, longest = LONGEST }: PatternOptions = {},
): { ok: true; test: PatternTest } | { ok: false; unread: string } {
  if (source.length > longest) return { ok: false, unread: '' };
  const parsed = parsePattern(source, cased);
  if (!parsed.ok) return parsed;
  const steps: Step[] = [];
  if (!unfold(parsed.piece, steps, { left: 10 * MOST_STEPS })) return { ok: false, unread: '' };
  steps.push({ kind: 'done' });
  return { ok: true, test: machine(steps) };
}

/** Writes a piece as steps; false when they, or the pieces met on the way (those of `(){99}{99}` make no step), become too many. */
function unfold(piece: Piece, steps: Step[], budget: { left: number }): boolean {
  budget.left -= 1;
  if (steps.length > MOST_STEPS || budget.left < 0) return false;
  switch (piece.kind) {
    case 'char':
      steps.push({ kind: 'char', takes: piece.takes });
      return true;
    case 'start':
    case 'end':
      steps.push({ kind: piece.kind });
      return true;
    case 'all':
      return piece.of.every((part) => unfold(part, steps, budget));
    case 'any': {
      const ends: { ways: number[] }[] = [];
      const fork = { kind: 'fork' as const, ways: new Array<number>() };
      steps.push(fork);
      for (const part of piece.of) {
        fork.ways.push(steps.length);
        if (!unfold(part, steps, budget)) return false;
        const end = { kind: 'fork' as const, ways: new Array<number>() };
        steps.push(end);
        ends.push(end);
      }
      for (const end of ends) end.ways.push(steps.length);
      return true;
    }
    case 'repeat': {
      for (let n = 0; n < piece.least; n += 1) if (!unfold(piece.of, steps, budget)) return false;
      if (piece.most === Number.POSITIVE_INFINITY) {
        const fork = { kind: 'fork' as const, ways: [steps.length + 1] };
        const top = steps.length;
        steps.push(fork);
        if (!unfold(piece.of, steps, budget)) return false;
        steps.push({ kind: 'fork', ways: [top] });
        fork.ways.push(steps.length);
        return true;
      }
      const forks: { ways: number[] }[] = [];
      for (let n = piece.least; n < piece.most; n += 1) {
        const fork = { kind: 'fork' as const, ways: [steps.length + 1] };
        steps.push(fork);
        forks.push(fork);
        if (!unfold(piece.of, steps, budget)) return false;
      }
      for (const fork of forks) fork.ways.push(steps.length);
      return true;
    }
  }
}

/** Every step that is reached from `from` without taking a character. */
function reached(
  steps: readonly Step[],
  from: readonly number[],
  at: { start: boolean; end: boolean },
): number[] {
  const seen = new Set<number>();
  const open = [...from];
  for (let n = open.pop(); n !== undefined; n = open.pop()) {
    if (seen.has(n)) continue;
    seen.add(n);
    const step = steps[n];
    if (step?.kind === 'fork') open.push(...step.ways);
    if ((step?.kind === 'start' && at.start) || (step?.kind === 'end' && at.end)) open.push(n + 1);
  }
  return [...seen].sort((a, b) => a - b);
}

function machine(steps: readonly Step[]): PatternTest {
  const states = new Map<string, State>();
  const holds = (numbers: readonly number[]) => numbers.some((n) => steps[n]?.kind === 'done');
  const stateOf = (from: readonly number[], start: boolean): State => {
    const numbers = reached(steps, from, { start, end: false });
    const id = `${start ? '^' : ''}${numbers.join()}`;
    const known = states.get(id);
    if (known) return known;
    const state: State = {
      steps: numbers,
      done: holds(numbers),
      doneAtEnd: holds(reached(steps, numbers, { start, end: true })),
      kept: states.size < MOST_STATES,
      next: new Map(),
    };
    if (state.kept) states.set(id, state);
    return state;
  };
  const after = (state: State, char: string): State => {
    const known = state.next.get(char);
    if (known) return known;
    const taken = state.steps.flatMap((n) => {
      const step = steps[n];
      return step?.kind === 'char' && step.takes(char) ? [n + 1] : [];
    });
    // It may begin at every place.
    const next = stateOf([...taken, 0], false);
    if (next.kept && state.next.size < MOST_STATES) state.next.set(char, next);
    return next;
  };
  const first = stateOf([0], true);
  return (text) => {
    let state = first;
    for (const char of text) {
      if (state.done) return true;
      state = after(state, char);
    }
    return state.done || state.doneAtEnd;
  };
}
