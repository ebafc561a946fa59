import { byGroup, oneLine } from './diagram';
import type { Diagram, DiagramEdge, DiagramKind, DiagramNode } from './diagram';

const SHAPES: Record<DiagramKind, { shape: string; style: string }> = {
  gateway: { shape: 'cds', style: 'solid' },
  service: { shape: 'hexagon', style: 'solid' },
  router: { shape: 'box', style: 'rounded' },
  node: { shape: 'box', style: 'solid' },
  unresolved: { shape: 'note', style: 'dashed' },
  malformed: { shape: 'octagon', style: 'dashed' },
  backendGroup: { shape: 'tab', style: 'solid' },
  host: { shape: 'ellipse', style: 'solid' },
  kubeService: { shape: 'component', style: 'solid' },
  workload: { shape: 'box3d', style: 'solid' },
  group: { shape: 'folder', style: 'bold' },
};

/** A quoted identifier, another one for every text: what could end the quotes is written as the URL writes it. */
function id(text: string): string {
  const safe = Array.from(text, (char) =>
    /["%\\\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u.test(char)
      ? `%${(char.codePointAt(0) ?? 0).toString(16)};`
      : char,
  );
  return `"${safe.join('')}"`;
}

/** Lines as a label: Graphviz reads backslashes and HTML entities there (https://graphviz.org/docs/attr-types/escString/). */
const label = (lines: readonly string[]): string => `"${lines.map(escaped).join('\\n')}"`;

function escaped(text: string): string {
  return oneLine(text).replace(/&/g, '&amp;').replace(/\\/g, '\\\\').replace(/"/g, '\\"');
}

/** `a=b, c=d`; what is undefined is left out. */
function attributes(all: Record<string, string | undefined>): string {
  const given = Object.entries(all).filter(([, text]) => text !== undefined);
  return given.map(([name, text]) => `${name}=${text ?? ''}`).join(', ');
}

function nodeLine(node: DiagramNode): string {
  const { shape, style } = SHAPES[node.kind];
  const lines = [node.name, ...node.lines];
  return `${id(node.id)} [${attributes({
    label: label(lines),
    shape,
    style,
    tooltip: label(lines),
    URL: node.url === undefined ? undefined : label([node.url]),
  })}];`;
}

function edgeStyle({ kind, share }: DiagramEdge): string {
  if (share === 0 || kind === 'provider') return 'dotted';
  return kind === 'backend' ? 'dashed' : 'solid';
}

function edgeLine(edge: DiagramEdge): string {
  const text = edge.label === undefined || edge.label === '' ? undefined : label([edge.label]);
  return `  ${id(edge.source)} -> ${id(edge.target)} [${attributes({
    label: text,
    style: edgeStyle(edge),
    penwidth: edge.share === undefined ? undefined : (1 + 2 * edge.share).toFixed(1),
    tooltip: text,
  })}];`;
}

/** The diagram in Graphviz' language (https://graphviz.org/doc/info/lang.html): a cluster per group, ranks from left to right. */
export function dotText(diagram: Diagram): string {
  const { title, notes, url } = diagram;
  const lines = [
    `digraph ${id(title)} {`,
    `  graph [${attributes({ rankdir: 'LR', label: label([title, ...notes]), labelloc: 't', fontname: '"Helvetica"', ranksep: '1', tooltip: label([title]), URL: url === undefined ? undefined : label([url]) })}];`,
    '  node [fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=10, arrowsize=0.7];',
  ];
  for (const [group, nodes] of byGroup(diagram)) {
    const inside = nodes.map(nodeLine);
    if (group === '') lines.push(...inside.map((line) => `  ${line}`));
    else
      lines.push(
        `  subgraph ${id(`cluster_${group}`)} {`,
        `    label=${label([group])}; style="rounded,dashed"; tooltip=${label([group])};`,
        ...inside.map((line) => `    ${line}`),
        '  }',
      );
  }
  lines.push(...diagram.edges.map(edgeLine), '}');
  return `${lines.join('\n')}\n`;
}
