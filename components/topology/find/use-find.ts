'use client';
import { useMemo } from 'react';
import type { ViewState } from '@/lib/client/view-state';
import type { TopologyNode } from '@/lib/mesh/topology';
import { nameOf, namespaceOf } from '../card-size';

/** Whether every word is found in the card's kind, namespace, name or host name. */
function hasWords(node: TopologyNode, words: readonly string[]): boolean {
  const parts = [node.kind, namespaceOf(node), nameOf(node)];
  if (node.kind !== 'unresolved') parts.push(node.ref.kind);
  if (node.kind === 'service') parts.push(node.hostname);
  const hay = parts.join(' ').toLowerCase();
  return words.every((word) => hay.includes(word));
}

/** What the search of the view leaves on screen (`shows`), and what stands back there (`dims`). */
export function useFind({ text, dim, hide }: Pick<ViewState, 'text' | 'dim' | 'hide'>) {
  return useMemo(() => {
    const [wanted, unwanted] = [text, hide].map((each) => each.toLowerCase().split(/\s+/).filter(Boolean));
    const matches = (node: TopologyNode) => hasWords(node, wanted ?? []);
    const hidden = (node: TopologyNode) => unwanted?.length !== 0 && hasWords(node, unwanted ?? []);
    return {
      shows: (node: TopologyNode) => !hidden(node) && (dim || matches(node)),
      dims: (node: TopologyNode) => dim && !matches(node),
    };
  }, [text, dim, hide]);
}
