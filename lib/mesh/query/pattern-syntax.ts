/** The regular expressions that are understood: literals, . ^ $ [] () | * + ? {m,n} \d \w \s and escapes. */

export type Piece =
  | { kind: 'char'; takes: (char: string) => boolean }
  | { kind: 'start' | 'end' }
  | { kind: 'all' | 'any'; of: Piece[] }
  | { kind: 'repeat'; of: Piece; least: number; most: number };

type Takes = (char: string) => boolean;

const digit: Takes = (char) => char >= '0' && char <= '9' && char.length === 1;
const wordly: Takes = (char) => /^[A-Za-z0-9_]$/.test(char);
const space: Takes = (char) => /^\s$/.test(char);
const not =
  (takes: Takes): Takes =>
  (char) =>
    !takes(char);
const CLASSES: Readonly<Record<string, Takes>> = {
  d: digit,
  D: not(digit),
  w: wordly,
  W: not(wordly),
  s: space,
  S: not(space),
};

class Unread extends Error {}

/** Reads a pattern; `unread` is where it stops being understood. Unless it is `cased`, it is for texts in lower case. */
export function parsePattern(
  source: string,
  cased = false,
): { ok: true; piece: Piece } | { ok: false; unread: string } {
  const reader = new Reader([...source], cased);
  try {
    const piece = reader.any();
    return reader.rest() === '' ? { ok: true, piece } : { ok: false, unread: reader.rest() };
  } catch (error) {
    if (error instanceof Unread) return { ok: false, unread: error.message };
    throw error;
  }
}

class Reader {
  private at = 0;
  constructor(
    private readonly chars: readonly string[],
    private readonly cased: boolean,
  ) {}

  rest(): string {
    return this.chars.slice(this.at).join('');
  }

  any(): Piece {
    const of = [this.all()];
    while (this.takes('|')) of.push(this.all());
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind: 'any', of };
  }

  private literal(char: string): Takes {
    const taken = this.cased ? char : char.toLowerCase();
    return (other) => other === taken;
  }

  private peek(): string | undefined {
    return this.chars[this.at];
  }

  private takes(char: string): boolean {
    if (this.peek() !== char) return false;
    this.at += 1;
    return true;
  }

  private all(): Piece {
    const of: Piece[] = [];
    for (let char = this.peek(); char !== undefined && char !== '|' && char !== ')'; char = this.peek())
      of.push(this.repeated());
    return { kind: 'all', of };
  }

  private repeated(): Piece {
    const from = this.at;
    let piece = this.one();
    for (;;) {
      const times = this.times();
      if (times === undefined) return piece;
      if (piece.kind === 'start' || piece.kind === 'end') throw new Unread(this.chars.slice(from).join(''));
      piece = { kind: 'repeat', of: piece, ...times };
      this.takes('?'); // lazy or greedy: found is found
    }
  }

  private times(): { least: number; most: number } | undefined {
    if (this.takes('*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.takes('+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (this.takes('?')) return { least: 0, most: 1 };
    if (this.peek() !== '{') return undefined;
    const match = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(this.rest());
    const [whole, low, comma, high] = match ?? [];
    if (whole === undefined) throw new Unread(this.rest());
    const least = Number(low);
    const most = comma === undefined ? least : high ? Number(high) : Number.POSITIVE_INFINITY;
    if (most < least) throw new Unread(whole);
    this.at += whole.length;
    return { least, most };
  }

  private one(): Piece {
    const from = this.rest();
    const char = this.peek() ?? '';
    if (/[*+?{]/.test(char)) throw new Unread(from);
    this.at += 1;
    switch (char) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return { kind: 'char', takes: () => true };
      case '[':
        return { kind: 'char', takes: this.set(from) };
      case '\\':
        return { kind: 'char', takes: this.escaped(from) };
      case '(': {
        if (this.peek() === '?' && !this.rest().startsWith('?:')) throw new Unread(from);
        if (this.takes('?')) this.takes(':');
        const inside = this.any();
        if (!this.takes(')')) throw new Unread(from);
        return inside;
      }
      default:
        return { kind: 'char', takes: this.literal(char) };
    }
  }

  private escaped(from: string): Takes {
    const char = this.peek();
    if (char === undefined) throw new Unread(from);
    this.at += 1;
    const known = Object.hasOwn(CLASSES, char) ? CLASSES[char] : undefined;
    if (known !== undefined) return known;
    if (/[A-Za-z0-9]/.test(char)) throw new Unread(from);
    return this.literal(char);
  }

  private set(from: string): Takes {
    const negated = this.takes('^');
    const parts: Takes[] = [];
    while (!this.takes(']')) {
      const char = this.peek();
      if (char === undefined) throw new Unread(from);
      this.at += 1;
      if (char === '\\') {
        parts.push(this.escaped(from));
        continue;
      }
      const to = this.chars[this.at + 1];
      if (this.peek() === '-' && to !== undefined && to !== ']' && to !== '\\') {
        if (to < char) throw new Unread(from);
        this.at += 2;
        const within: Takes = (other) => other >= char && other <= to;
        parts.push((other) => within(other) || (!this.cased && within(other.toUpperCase())));
      } else parts.push(this.literal(char));
    }
    return (char) => parts.some((takes) => takes(char)) !== negated;
  }
}
