import { byGroup, identifier, oneLine } from './diagram';
import type { Diagram, DiagramEdge, DiagramKind, DiagramNode } from './diagram';

/** Mermaid refuses larger charts unless its `maxEdges` and `maxTextSize` are raised (its configuration reference). */
export const MERMAID_LIMITS = { edges: 500, characters: 50_000 } as const;

/** Opening and closing brackets: the shape of a kind. */
const SHAPES: Record<DiagramKind, readonly [string, string]> = {
  gateway: ['[/', '\\]'],
  service: ['{{', '}}'],
  router: ['([', '])'],
  node: ['[', ']'],
  unresolved: ['>', ']'],
  malformed: ['[\\', '/]'],
  backendGroup: ['[[', ']]'],
  host: ['((', '))'],
  kubeService: ['(', ')'],
  workload: ['[(', ')]'],
  group: ['[[', ']]'],
};

/**
 * A text within Mermaid's quotes. Everything that Mermaid, its directives or Markdown would read is written as a character
 * code, which Mermaid turns back: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function quoted(text: string): string {
  const coded = oneLine(text).replace(/[^\p{L}\p{M}\p{N} .,/_()?!=+@~^-]|^[-+]|^\d+\.(?= )/gu, (match) =>
    Array.from(match, (char) => `#${char.codePointAt(0) ?? 0};`).join(''),
  );
  return coded === '' ? ' ' : coded;
}

function nodeLine(node: DiagramNode): string {
  const [open, close] = SHAPES[node.kind];
  const text = [node.name, ...node.lines].map(quoted).join('<br/>');
  return `${identifier('n', node.id)}${open}"${text}"${close}`;
}

function arrow({ kind, share }: DiagramEdge): string {
  if (share === 0 || kind === 'provider' || kind === 'backend') return '-.->';
  return kind === 'gateway-route' || kind === 'call' ? '-->' : '==>';
}

function edgeLine(edge: DiagramEdge): string {
  const label = edge.label === undefined || edge.label === '' ? '' : `|"${quoted(edge.label)}"|`;
  return `  ${identifier('n', edge.source)} ${arrow(edge)}${label} ${identifier('n', edge.target)}`;
}

/** The diagram as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html): a subgraph per group. */
export function mermaidText(diagram: Diagram): string {
  const lines = ['---', `title: ${JSON.stringify(oneLine(diagram.title))}`, '---', 'flowchart LR'];
  for (const note of [...diagram.notes, diagram.url ?? ''].filter(Boolean))
    lines.push(`  %% ${oneLine(note).replace(/[{}]/g, ' ')}`);
  for (const [group, nodes] of byGroup(diagram)) {
    const inside = nodes.map(nodeLine);
    if (group === '') lines.push(...inside.map((line) => `  ${line}`));
    else
      lines.push(
        `  subgraph ${identifier('g', group)}["${quoted(group)}"]`,
        ...inside.map((line) => `    ${line}`),
        '  end',
      );
  }
  lines.push(...diagram.edges.map(edgeLine));
  return `${lines.join('\n')}\n`;
}
