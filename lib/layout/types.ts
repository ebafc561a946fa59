/** What the layout reads and answers. Lengths are canvas pixels at zoom 1; x grows to the right, y downwards. */

/** Which column a card belongs in, from left to right: gateway, service, router, node. */
export type Role = 'gateway' | 'service' | 'router' | 'node';

export interface LayoutNode {
  id: string;
  /** Namespace the card is drawn in; '' for none. */
  group: string;
  role: Role;
  width: number;
  height: number;
  /** The card stands for its whole namespace and has no border round it. */
  mark?: boolean | undefined;
  /** The edges that leave it say something: there is room for that after it, as there is after every router. */
  labelled?: boolean | undefined;
  /** The card has no edges: it stands on the shelf below everything, outside its namespace's border. */
  shelf?: boolean | undefined;
}

export interface LayoutEdge {
  source: string;
  target: string;
  /** Where on the source's height the edge leaves, from its top; the middle when left out. */
  sourceY?: number | undefined;
}

export interface LayoutInput {
  nodes: readonly LayoutNode[];
  edges: readonly LayoutEdge[];
  /**
   * Where the namespaces of the picture before stood: top left corners of their cards by group. One that is drawn in
   * another form now (opened or folded) is put there.
   */
  corners?: Readonly<Record<string, Point>> | undefined;
}

export interface Point {
  x: number;
  y: number;
}

/** Top left corners by node id. */
export type Positions = Readonly<Record<string, Point>>;

export interface Box extends Point {
  width: number;
  height: number;
}

/**
 * Free space kept between cards, between columns and between the borders of namespaces; where edges say
 * something there is room for that after the card they leave.
 */
export const GAP = {
  card: 36,
  column: 76,
  labels: 150,
  box: 48,
  block: { column: 120, row: 48 },
} as const;

/** How far below a card's top an edge ends, or at half its height if that is less. */
export const INTO = 26;

/** Space between a namespace's border and its cards; the top holds the heading. */
export const BOX_PADDING = { x: 20, top: 48, bottom: 24 } as const;
