'use client';
import { useMemo } from 'react';
import { EdgeFigures } from '@/components/telemetry/overlay/edge-figures';
import type { Picture } from '@/lib/client/picture';
import { useTelemetryAnswer } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { TopologyEdge } from '@/lib/mesh/topology';
import { LinkTo } from './name';
import { evidenceOf, neighboursOf } from './neighbours';
import styles from './inspector.module.css';

interface RelatedProps {
  picture: Pick<Picture, 'nodes' | 'edges'>;
  of: EntityKey;
  /** Whether the object's rows are told elsewhere, with what they lead to. */
  rowsToldElsewhere: boolean;
  onSelect: (key: EntityKey) => void;
}

/** Who sends to an object, where it sends, and what it stands on: each a step along an edge, with what is known of it. */
export function Related({ picture: { nodes, edges }, of, rowsToldElsewhere, onSelect }: RelatedProps) {
  const { t } = useSpeech();
  const { callers, targets, standing } = useMemo(
    () => neighboursOf({ nodes, edges }, of),
    [nodes, edges, of],
  );
  const shown = [...targets].filter(([row]) => row === undefined || !rowsToldElsewhere);
  const measured = useTelemetryAnswer()?.telemetry.edges;
  const declared = [...callers, ...shown.flatMap(([, list]) => list)].map((edge) => ({
    ...edge,
    observed: measured?.[edge.key]?.observed ?? edge.observed,
  }));
  const known = evidenceOf(declared) === 'known';
  return (
    <section>
      <h3>{t('inspector.callers')}</h3>
      <Edges edges={callers} end="source" known={known} onSelect={onSelect} />
      {(!rowsToldElsewhere || shown.length > 0) && <h3>{t('inspector.targets')}</h3>}
      {!rowsToldElsewhere && shown.length === 0 && (
        <Edges edges={[]} end="target" known={known} onSelect={onSelect} />
      )}
      {shown.map(([row, list]) => (
        <div key={row ?? ''}>
          {row !== undefined && (
            <h4 className={styles.row}>{t('inspector.byRoute', { route: rowName(row) })}</h4>
          )}
          <Edges edges={list} end="target" known={known} onSelect={onSelect} />
        </div>
      ))}
      {declared.length > 0 && !known && <p className={styles.note}>{t('inspector.evidence.unknown')}</p>}
      {standing.length > 0 && (
        <>
          <h3>{t(standing[0]?.source === of ? 'inspector.standsOn' : 'inspector.carries')}</h3>
          <Edges
            edges={standing}
            end={standing[0]?.source === of ? 'target' : 'source'}
            known={false}
            onSelect={onSelect}
          />
        </>
      )}
    </section>
  );
}

const rowName = (row: string) => parseEntityKey(row)?.name ?? row;

function Edges({
  edges,
  end,
  known,
  onSelect,
}: {
  edges: readonly TopologyEdge[];
  end: 'source' | 'target';
  known: boolean;
  onSelect: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  const measured = useTelemetryAnswer()?.telemetry.edges;
  if (edges.length === 0) return <p className={styles.note}>{t('inspector.none')}</p>;
  return (
    <ul className={styles.links}>
      {edges.map((edge) => {
        const facts = factsOf(edge);
        return (
          <li key={edge.key}>
            <LinkTo to={edge[end]} onSelect={onSelect} />
            {facts.length > 0 && <span className={styles.edgeFacts}>{facts.join(' · ')}</span>}
            <EdgeFigures of={edge.key} className={styles.edgeFacts} />
          </li>
        );
      })}
    </ul>
  );

  function factsOf({ key, share, weight, port, row, viaGroup, ...edge }: TopologyEdge): string[] {
    const observed = measured?.[key]?.observed ?? edge.observed;
    const facts: string[] = [];
    if (end === 'source' && row !== undefined) facts.push(t('inspector.byRoute', { route: rowName(row) }));
    if (share !== undefined) facts.push(t('topology.edge.share', { share }));
    if (weight !== undefined) facts.push(t('topology.edge.weight', { weight }));
    if (port !== undefined) facts.push(t('inspector.port', { port }));
    if (viaGroup !== undefined) facts.push(t('inspector.viaGroup', { group: rowName(viaGroup) }));
    if (known) facts.push(t(`inspector.evidence.${observed}`));
    return facts;
  }
}
