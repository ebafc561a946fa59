'use client';
import { OWNER_NAMES } from '@/components/traffic/writability';
import { useSpeech } from '@/lib/i18n/react';
import type { BackendGroup, Gateway, MeshNode, Router, Service } from '@/lib/mesh/model';
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
  if (node.ownership.manager !== 'none')
    facts.push([
      t('inspector.managed'),
      `${OWNER_NAMES[node.ownership.manager]} ${node.ownership.name ?? ''}`,
    ]);
  return (
    <section>
      <h3>{t('inspector.summary')}</h3>
      <dl className={styles.facts}>
        {facts.map(([label, fact]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {node.conditions.length > 0 && (
        <>
          <h3>{t('inspector.conditions')}</h3>
          <dl className={styles.facts}>
            {node.conditions.map((each) => (
              <div key={each.type}>
                <dt>{each.type}</dt>
                <dd>
                  {each.status}
                  {each.lastTransitionTime !== undefined && (
                    <span className={styles.note}>
                      {' '}
                      {t('inspector.time', { at: new Date(each.lastTransitionTime) })}
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
