import type { EntityKey } from '@/lib/mesh/keys';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { Viewed } from '@/lib/mesh/view/spec';
import { WHOLE } from './spec-of';
import type { ViewRequest } from './spec-of';

/** One thing that is different from the whole mesh: what to say of it, what it hides, and how to take it back. */
export interface Chip {
  id: 'layer' | 'group' | 'focus' | 'path' | 'pick' | 'idle' | 'external' | 'healthy' | 'workloads';
  values: Record<string, string | number>;
  /** How many objects are hidden by it; missing where it hides none by its nature. */
  hidden?: number;
  problem?: Viewed['problem'];
  undo: Partial<ViewRequest>;
}

const nameOf = (key: EntityKey) => parseEntityKey(key)?.name ?? key;

/** What of a view is not as it comes, in the order of the menu. */
export function chipsOf(view: ViewRequest, viewed: Pick<Viewed, 'hidden' | 'problem'> | undefined): Chip[] {
  const chips: Chip[] = [];
  const { hidden, problem } = viewed ?? {};
  const counted = (count: number | undefined) => (count === undefined ? {} : { hidden: count });
  if (view.layer !== 'full')
    chips.push({
      id: 'layer',
      values: { layer: view.layer },
      ...counted(hidden?.layer),
      undo: { layer: WHOLE.layer },
    });
  if (view.group !== 'namespace') {
    const label = view.group.replace(/^label:/, '');
    chips.push({
      id: 'group',
      values: { by: view.group === 'none' ? 'none' : 'label', label },
      undo: { group: WHOLE.group },
    });
  }
  if (view.focus.length > 0)
    chips.push({
      id: 'focus',
      values: { name: view.focus.map(nameOf).join(', '), up: view.up, down: view.down },
      ...counted(hidden?.focus),
      ...(problem === 'focusGone' ? { problem } : {}),
      undo: { focus: [], up: WHOLE.up, down: WHOLE.down },
    });
  if (view.from && view.to)
    chips.push({
      id: 'path',
      values: { from: nameOf(view.from), to: nameOf(view.to) },
      ...counted(hidden?.path),
      ...(problem === 'noPath' || (problem === 'focusGone' && view.focus.length === 0) ? { problem } : {}),
      undo: { from: undefined, to: undefined },
    });
  else if (view.from)
    chips.push({ id: 'pick', values: { from: nameOf(view.from) }, undo: { from: undefined } });
  for (const what of view.without)
    chips.push({
      id: what,
      values: {},
      ...counted(hidden?.[what]),
      undo: { without: view.without.filter((each) => each !== what) },
    });
  if (view.workloads) chips.push({ id: 'workloads', values: {}, undo: { workloads: false } });
  return chips;
}
