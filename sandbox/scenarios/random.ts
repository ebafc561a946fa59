/** Choices that look random and are the same for the same seed, so that a generated scenario never changes. */
export interface Random {
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T extends string | number | object>(choices: readonly T[]): T;
  /** Up to `count` different entries, in their order. */
  sample<T>(choices: readonly T[], count: number): T[];
  chance(probability: number): boolean;
}

/** The generator is mulberry32: small, fast, and good enough to spread things about. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    pick: (choices) => {
      const choice = choices[between(0, choices.length - 1)];
      if (choice !== undefined) return choice;
      throw new Error('Nothing to pick from.');
    },
    sample: (choices, count) => {
      const left = choices.map((_, index) => index);
      const chosen = Array.from({ length: Math.min(count, choices.length) }, () =>
        left.splice(between(0, left.length - 1), 1),
      ).flat();
      return choices.filter((_, index) => chosen.includes(index));
    },
    chance: (probability) => next() < probability,
  };
}
