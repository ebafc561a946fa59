import type { Locale } from '@/lib/i18n/locale';
import type { Translate } from '@/lib/i18n/translate';
import { dotText } from '@/lib/mesh/export/dot';
import { MERMAID_LIMITS, mermaidText } from '@/lib/mesh/export/mermaid';
import { topologyJson } from '@/lib/mesh/export/topology-json';
import { diagramOf } from './diagram';
import type { Exportable } from './exportable';
import type { Caution } from './outcome';

export type TextFormat = 'json-shown' | 'json-whole' | 'mermaid' | 'dot';

export interface TextFile {
  text: string;
  ending: 'json' | 'mmd' | 'gv';
  type: string;
  caution?: Caution | undefined;
}

/** Where and when an export is made, and in which language. */
export interface Occasion {
  /** Address of the screen. */
  address: string;
  at: Date;
  locale: Locale;
  t: Translate;
}

/** What is exported, as one of the text formats. */
export function textFile(format: TextFormat, exported: Exportable, occasion: Occasion): TextFile {
  const { address, at, locale, t } = occasion;
  switch (format) {
    case 'json-shown':
    case 'json-whole': {
      const { mesh, revision, nodes, edges, findings, groups } = exported.picture;
      const text = topologyJson({
        source: exported.source,
        address,
        exportedAt: at.toISOString(),
        topology: {
          revision,
          mesh,
          nodes: [...nodes.values()],
          edges: [...edges.values()],
          findings,
          groups: [...groups.values()],
        },
        shown:
          format === 'json-shown' ? new Set(exported.graph.cards.map(({ node }) => node.key)) : undefined,
      });
      return { text, ending: 'json', type: 'application/json' };
    }
    case 'mermaid': {
      const diagram = diagramOf(exported, address, at, locale, t);
      const text = mermaidText(diagram);
      const { edges, characters } = MERMAID_LIMITS;
      const large = diagram.edges.length > edges || text.length > characters;
      return {
        text,
        ending: 'mmd',
        type: 'text/vnd.mermaid',
        caution: large ? { message: 'export.mermaidLarge', values: { edges, characters } } : undefined,
      };
    }
    case 'dot':
      return {
        text: dotText(diagramOf(exported, address, at, locale, t)),
        ending: 'gv',
        type: 'text/vnd.graphviz',
      };
  }
}
