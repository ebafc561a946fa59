'use client';
import { useMemo, useState } from 'react';
import type { Picture } from '@/lib/client/picture';
import { applyView } from '@/lib/mesh/view/apply-view';
import type { Viewed, ViewInput, ViewSpec } from '@/lib/mesh/view/spec';
import { specOf } from './spec-of';
import type { ViewRequest } from './spec-of';

/** Applies one view after another; what did not change is kept from the last. */
function createViewer(): (input: ViewInput, spec: ViewSpec) => Viewed {
  let last: Viewed | undefined;
  return (input, spec) => (last = applyView(input, spec, last));
}

/** What the view of the address shows of a picture; `undefined` before there is one. */
export function useView(
  view: ViewRequest,
  picture: Pick<Picture, 'nodes' | 'edges' | 'findings'> | undefined,
): Viewed | undefined {
  const [viewer] = useState(createViewer);
  const { layer, group, focus, up, down, from, to, without, workloads } = view;
  const spec = useMemo(
    () => specOf({ layer, group, focus, up, down, from, to, without, workloads }),
    [layer, group, focus, up, down, from, to, without, workloads],
  );
  const { nodes, edges, findings } = picture ?? {};
  return useMemo(
    () => (nodes && edges && findings ? viewer({ nodes, edges, findings }, spec) : undefined),
    [viewer, nodes, edges, findings, spec],
  );
}
