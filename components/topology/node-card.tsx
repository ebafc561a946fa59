'use client';
import { memo } from 'react';
import type { MeshNode } from '@/lib/mesh/model';
import { CardFrame } from './card-frame';
import type { CardProps } from './card-frame';
import { ListenersLine, Pods, ProxyState } from './card-lines';
import { ROW } from './card-size';
import styles from './card.module.css';

/** A VirtualNode: where it listens, how many of its pods are ready and carry the proxy. */
export const NodeCard = memo(function NodeCard(props: CardProps & { meshNode: MeshNode }) {
  const { listeners, workload } = props.meshNode;
  return (
    <CardFrame {...props}>
      <ListenersLine listeners={listeners} />
      <p className={styles.line} style={{ height: ROW.line }}>
        <Pods workload={workload} />
        <ProxyState workload={workload} />
      </p>
    </CardFrame>
  );
});
