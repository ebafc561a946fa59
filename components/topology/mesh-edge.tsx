'use client';
import { BaseEdge, EdgeLabelRenderer, getBezierPath } from '@xyflow/react';
import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { EdgeLabel } from '@/components/telemetry/overlay/edge-label';
import { useEdgeLook } from '@/components/telemetry/overlay/use-edge-look';
import { useSpeech } from '@/lib/i18n/react';
import type { MeshEdgeContent, MeshFlowEdge } from './flow-types';
import { useShownEdge } from './shown-store';
import styles from './graph.module.css';

/** How far right of its row a label stands, within the gap after a router, and how far below the one before. Pixels. */
const LABEL = { x: 60, height: 20 } as const;

/** With figures labels are long: they begin so far right of their row, where the gap has room for them. */
const FIGURES = { x: 6, room: 90 } as const;

/** More labels than this beside one row say nothing; those of a selected card are shown all the same. */
const LABELS_MAX = 4;

/** An edge of the mesh: drawn by kind, with its share and, where it differs, the raw weight. */
export const MeshEdge = memo(function MeshEdge(props: EdgeProps<MeshFlowEdge>) {
  return props.data ? <Drawn {...props} data={props.data} /> : null;
});

function Drawn(props: EdgeProps<MeshFlowEdge> & { data: MeshEdgeContent }) {
  const { t } = useSpeech();
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props;
  const [path] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const shown = useShownEdge(data.shown);
  const { edge, kind, share, count, dimmed } = shown;
  const look = useEdgeLook(shown);
  const standing = dimmed === true ? styles.unrelated : styles[data.related];
  const classes = [styles.edge, standing, edge?.weight === 0 && styles.zero];
  const crowded = data.label.of > LABELS_MAX && data.related !== 'related';
  // Where a label says nothing, or stands in a gap too narrow for it, the cards on both sides tell the same.
  const bare = look && share === undefined && count === 1;
  const nothing = bare && (look.figure === undefined || targetX - sourceX < FIGURES.room);
  const label = crowded || nothing ? undefined : labelOf();
  return (
    <>
      <g
        className={classes.filter(Boolean).join(' ')}
        data-kind={count > 1 ? 'bundle' : kind}
        data-observed={look?.observed}
        data-heat={look?.heat}
      >
        <BaseEdge
          id={props.id}
          path={path}
          interactionWidth={0}
          style={{ strokeWidth: look?.stroke ?? (share === undefined ? 1.5 : 1.2 + 2 * share) }}
          {...(props.markerEnd === undefined ? {} : { markerEnd: props.markerEnd })}
        />
        {look?.pace !== undefined && (
          <path className={styles.flow} d={path} style={{ animationDuration: `${look.pace}s` }} />
        )}
      </g>
      {label !== undefined && (
        <EdgeLabelRenderer>
          <span
            className={`${styles.edgeLabel} ${standing ?? ''} nodrag nopan`}
            data-dimmed={dimmed === true || undefined}
            data-edge={props.id}
            style={{
              transform: look
                ? `translate(0, -50%) translate(${sourceX + FIGURES.x}px, ${labelY()}px)`
                : `translate(-50%, -50%) translate(${sourceX + LABEL.x}px, ${labelY()}px)`,
            }}
          >
            {label}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );

  function labelOf() {
    if (count > 1)
      return (
        <>
          <b>{t('topology.edge.count', { count })}</b>
          {look?.figure !== undefined && <span>{look.figure}</span>}
        </>
      );
    if (look) return <EdgeLabel look={look} share={share} />;
    if (share === undefined) return undefined;
    const weight = edge?.weight;
    const differs = weight !== undefined && Math.abs(share * 100 - weight) > 0.05;
    return (
      <>
        <b>{t('topology.edge.share', { share })}</b>
        {differs && <span>{t('topology.edge.weight', { weight })}</span>}
      </>
    );
  }

  function labelY() {
    const { rank, of } = data.label;
    return sourceY + (rank - (of - 1) / 2) * LABEL.height;
  }
}
