'use client';
import { Facts } from '@/components/ui/facts';
import type { Fact } from '@/components/ui/facts';
import { useSpeech } from '@/lib/i18n/react';
import type { BackendGroup, Gateway, MeshNode, Router, Service } from '@/lib/mesh/model';
import { OWNER_NAMES } from '@/lib/mesh/ownership';
import type { RunningWorkload } from '@/lib/mesh/topology';
import styles from './inspector.module.css';

type Shown = Gateway | Service | Router | MeshNode | BackendGroup;

function discoveryText(node: MeshNode): string {
  switch (node.discovery.kind) {
    case 'dns':
      return node.discovery.hostname;
    case 'cloudMap':
      return `${node.discovery.serviceName}.${node.discovery.namespaceName}`;
    case 'none':
      return '–';
  }
}

/** What runs pods: its kind, and how many of them are ready. */
export function WorkloadFacts({ workload }: { workload: RunningWorkload }) {
  const { t } = useSpeech();
  const { namespace, ownerKind, ready, total } = workload;
  return (
    <Facts
      className={styles.facts}
      facts={[
        [t('inspector.namespace'), namespace],
        [t('inspector.ownerKind'), ownerKind],
        [t('inspector.pods'), t('topology.card.podsTitle', { ready, total })],
      ]}
    />
  );
}

/** The facts of an object, and the controller's conditions. */
export function Summary({ node }: { node: Shown }) {
  const { t } = useSpeech();
  const facts: (readonly [label: string, fact: string])[] = [
    [t('inspector.namespace'), node.ref.namespace],
    [t('inspector.awsName'), node.awsName],
    [t('inspector.acceptance'), t(`inspector.acceptance.${node.acceptance}`)],
    [
      t('inspector.generation'),
      t('inspector.generation.value', {
        generation: node.ref.generation,
        observed: node.observedGeneration ?? '–',
      }),
    ],
  ];
  if ('listeners' in node)
    facts.push([
      t('inspector.listeners'),
      node.listeners.map((each) => `${each.port} ${each.protocol}`).join(', ') || '–',
    ]);
  if (node.kind === 'node') facts.push([t('inspector.discovery'), discoveryText(node)]);
  if (node.kind === 'node' || node.kind === 'gateway') {
    const { ready, total, withProxy } = node.workload;
    facts.push([t('inspector.pods'), t('inspector.pods.value', { ready, total, withProxy })]);
  }
  if (node.kind === 'service') facts.push([t('inspector.hostname'), node.hostname]);
  if (node.kind === 'node' && node.backendGroups.length > 0)
    facts.push([
      t('inspector.groups'),
      node.backendGroups.map(({ namespace, name }) => `${namespace}/${name}`).join(', '),
    ]);
  if (node.kind === 'backendGroup')
    facts.push([t('inspector.groupUse'), t('topology.card.unusedGroup', { count: node.members.length })]);
  if (node.ownership.manager !== 'none')
    facts.push([
      t('inspector.managed'),
      `${OWNER_NAMES[node.ownership.manager]} ${node.ownership.name ?? ''}`,
    ]);
  return (
    <section>
      <h3>{t('inspector.summary')}</h3>
      <Facts className={styles.facts} facts={facts} />
      {node.conditions.length > 0 && (
        <>
          <h3>{t('inspector.conditions')}</h3>
          <Facts
            className={styles.facts}
            facts={node.conditions.map(({ type, status, lastTransitionTime }): Fact => [
              type,
              <>
                {status}
                {lastTransitionTime !== undefined && (
                  <span className={styles.note}>
                    {' '}
                    {t('inspector.time', { at: new Date(lastTransitionTime) })}
                  </span>
                )}
              </>,
            ])}
          />
        </>
      )}
    </section>
  );
}
