/** Numbers that look random and depend on nothing but what they are asked for: the past can be drawn again. */

/** Mixes some whole numbers into one of 32 bits. */
export function mixed(...parts: number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** FNV-1a of a name. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** A number from 0 to 1, 1 excluded, that belongs to a name and a purpose. */
export const fractionOf = (name: string, purpose: string) => hashOf(`${name}\n${purpose}`) / 2 ** 32;

/** The generator is mulberry32, as in the scenarios; it is set anew for each request. */
export class Draws {
  private state = 0;

  constructor(seed = 0) {
    this.seed(seed);
  }

  seed(seed: number): void {
    this.state = seed >>> 0;
  }

  /** From 0 to 1, 1 excluded. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    const { state } = this;
    let hash = Math.imul(state ^ (state >>> 15), state | 1);
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
    return ((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A standard normal deviate, between -3.5 and 3.5. */
  normal(): number {
    return NORMAL[(this.next() * NORMAL.length) | 0] ?? 0;
  }

  /** How many events happen where `mean` are expected. */
  poisson(mean: number): number {
    if (mean > 12) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count++;
    return count;
  }
}

/** Quantiles of the standard normal distribution (logistic approximation of Bowling et al., good to 0.02). */
const NORMAL = Float64Array.from({ length: 4096 }, (_, index) => quantile((index + 0.5) / 4096));

function quantile(share: number): number {
  const below = (z: number) => 1 / (1 + Math.exp(-1.5976 * z - 0.07056 * z ** 3));
  let low = -4;
  let high = 4;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (below(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
