import type { ViewState } from '@/lib/client/view-state';
import type { Grouping, ViewSpec } from '@/lib/mesh/view/spec';

export type ViewRequest = Pick<
  ViewState,
  'layer' | 'group' | 'focus' | 'up' | 'down' | 'from' | 'to' | 'without' | 'workloads'
>;

const LABEL = 'label:';

function groupingOf(group: string): Grouping {
  if (group.startsWith(LABEL)) return { by: 'label', label: group.slice(LABEL.length) };
  return { by: group === 'none' ? 'none' : 'namespace' };
}

/** What the address asks to see. A path whose other end is still to be picked is none yet. */
export function specOf(view: ViewRequest): ViewSpec {
  const { layer, group, focus, up, down, from, to, without, workloads } = view;
  return {
    layer,
    grouping: groupingOf(group),
    hide: without,
    workloads,
    ...(focus.length > 0 ? { focus: { around: focus, up, down } } : {}),
    ...(from && to ? { path: { from, to } } : {}),
  };
}

/** Everything as it comes. */
export const WHOLE: ViewRequest = {
  layer: 'full',
  group: 'namespace',
  focus: [],
  up: 1,
  down: 1,
  from: undefined,
  to: undefined,
  without: [],
  workloads: false,
};
