/** A block as the picture's plan sees it: an area to be placed, and who calls whom. */
export interface Site {
  /** With the room its border needs. */
  width: number;
  height: number;
  /** It is the mark of a collapsed namespace. */
  mark: boolean;
  out: Call[];
  into: Call[];
  /** How many calls from the left; counted from 0. */
  layer: number;
  /** Top left corner, set by the plan. */
  x: number;
  y: number;
  /** How far it can go to the right without leaving its column. Set by the plan. */
  slack: number;
}

/** All calls from one site to another; `site` is the other end. */
export interface Call {
  site: Site;
  weight: number;
}

/**
 * Callers before callees as far as calls in circles allow: sources go to the front, sinks to the back, and where there
 * are neither, the site with the most calls out over calls in goes to the front (Eades, Lin and Smyth 1993). The order
 * of `sites` decides between equals.
 */
export function callOrder(sites: readonly Site[]): Site[] {
  const left = new Map(
    sites.map((site) => {
      const sum = (calls: readonly Call[]) => calls.reduce((total, { weight }) => total + weight, 0);
      return [site, { out: sum(site.out), into: sum(site.into) }];
    }),
  );
  const front: Site[] = [];
  const back: Site[] = [];
  const due = sites.filter((site) => isEnd(left.get(site)));
  const take = (site: Site, known: { out: number; into: number }) => {
    left.delete(site);
    if (known.into === 0 || known.out > 0) front.push(site);
    else back.push(site);
    for (const [calls, side] of [
      [site.out, 'into'],
      [site.into, 'out'],
    ] as const) {
      for (const call of calls) {
        const other = left.get(call.site);
        if (!other) continue;
        other[side] -= call.weight;
        if (isEnd(other)) due.push(call.site);
      }
    }
  };
  while (left.size > 0) {
    for (let at = 0; at < due.length; at += 1) {
      const site = due[at];
      const known = site && left.get(site);
      if (site && known) take(site, known);
    }
    due.length = 0;
    let most: Site | undefined;
    let surplus = -Infinity;
    for (const [site, { out, into }] of left) {
      if (out - into <= surplus) continue;
      surplus = out - into;
      most = site;
    }
    const known = most && left.get(most);
    if (most && known) take(most, known);
  }
  return [...front, ...back.reverse()];
}

const isEnd = (known: { out: number; into: number } | undefined): boolean =>
  known !== undefined && (known.out === 0 || known.into === 0);

/** Sets every site's layer: one right of the last of its callers that stands before it in the order. Answers how many there are. */
export function layerSites(order: readonly Site[]): number {
  const place = new Map(order.map((site, at) => [site, at]));
  let layers = 0;
  for (const [at, site] of order.entries()) {
    site.layer = 0;
    for (const { site: from } of site.into) {
      if ((place.get(from) ?? 0) < at) site.layer = Math.max(site.layer, from.layer + 1);
    }
    layers = Math.max(layers, site.layer + 1);
  }
  return layers;
}
