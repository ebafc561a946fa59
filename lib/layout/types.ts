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

/** Free space kept between cards, columns and boxes; after routers there is room for the shares on the edges. */
export const GAP = { card: 36, column: 76, afterRouter: 150, subColumn: 48, box: 48 } as const;

/** Space between a namespace's border and its cards; the top holds the heading. */
export const BOX_PADDING = { x: 20, top: 48, bottom: 24 } as const;
