'use client';
import type { EdgeTypes, NodeProps, NodeTypes } from '@xyflow/react';
import { memo } from 'react';
import type { CardNode } from './flow-types';
import { GatewayCard } from './gateway-card';
import { MeshEdge } from './mesh-edge';
import { NamespaceBox, NamespaceMarkCard } from './namespace-nodes';
import { NodeCard } from './node-card';
import { RouterCard } from './router-card';
import { ServiceCard } from './service-card';
import { MalformedCard, UnresolvedCard } from './trouble-cards';

const Card = memo(function Card({ data }: NodeProps<CardNode>) {
  const { node } = data.card;
  switch (node.kind) {
    case 'gateway':
      return <GatewayCard {...data} gateway={node} />;
    case 'service':
      return <ServiceCard {...data} service={node} />;
    case 'router':
      return <RouterCard {...data} router={node} />;
    case 'node':
      return <NodeCard {...data} meshNode={node} />;
    case 'unresolved':
      return <UnresolvedCard {...data} unresolved={node} />;
    case 'malformed':
      return <MalformedCard {...data} malformed={node} />;
  }
});

/** Defined once: React Flow mounts everything anew when these objects change. */
export const nodeTypes: NodeTypes = { card: Card, mark: NamespaceMarkCard, box: NamespaceBox };
export const edgeTypes: EdgeTypes = { mesh: MeshEdge };
