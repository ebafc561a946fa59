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
import { useShownCard } from './shown-store';
import { BackendGroupCard, SurroundingCard } from './surrounding-cards';
import { MalformedCard, UnresolvedCard } from './trouble-cards';

const Card = memo(function Card({ data }: NodeProps<CardNode>) {
  const card = useShownCard(data.card);
  const { selected } = data;
  const { node } = card;
  switch (node.kind) {
    case 'gateway':
      return <GatewayCard card={card} selected={selected} gateway={node} />;
    case 'service':
      return <ServiceCard card={card} selected={selected} service={node} />;
    case 'router':
      return <RouterCard card={card} selected={selected} router={node} />;
    case 'node':
      return <NodeCard card={card} selected={selected} meshNode={node} />;
    case 'unresolved':
      return <UnresolvedCard card={card} selected={selected} unresolved={node} />;
    case 'backendGroup':
      return <BackendGroupCard card={card} selected={selected} group={node} />;
    case 'host':
    case 'kubeService':
    case 'workload':
      return <SurroundingCard card={card} selected={selected} surrounding={node} />;
    case 'malformed':
      return <MalformedCard card={card} selected={selected} malformed={node} />;
  }
});

/** Defined once: React Flow mounts everything anew when these objects change. */
export const nodeTypes: NodeTypes = { card: Card, mark: NamespaceMarkCard, box: NamespaceBox };
export const edgeTypes: EdgeTypes = { mesh: MeshEdge };
