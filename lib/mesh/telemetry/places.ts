/** Numbers for things, so that what is gathered about them lies in lists. */

export class Places<Thing> {
  private readonly known = new Map<Thing, number>();

  /** From 0 on, in the order in which things are first asked for. */
  of(thing: Thing): number {
    const known = this.known.get(thing);
    if (known !== undefined) return known;
    const place = this.known.size;
    this.known.set(thing, place);
    return place;
  }

  get count(): number {
    return this.known.size;
  }
}
