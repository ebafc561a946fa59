'use client';
import Checkbox from '@cloudscape-design/components/checkbox';
import Select from '@cloudscape-design/components/select';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { Hidable, Layer } from '@/lib/mesh/view/spec';
import { Hops } from './hops';
import { labelKeys } from './labels';
import { WHOLE } from './spec-of';
import type { ViewMenuProps } from './view-menu';
import styles from './view-menu.module.css';

const LAYERS: readonly Layer[] = ['full', 'services', 'calls'];
const HIDABLE: readonly Hidable[] = ['idle', 'external', 'healthy'];

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

/** The menu's contents; every change is applied at once. */
export function ViewForm({ view, setView, hidden, nodes }: ViewMenuProps) {
  const { t } = useSpeech();
  const { selected } = view;
  const name = selected && parseEntityKey(selected)?.name;
  const groups = [
    { value: 'namespace', label: t('view.group.namespace') },
    ...labelKeys(nodes()?.values() ?? []).map(({ key, count }) => ({
      value: `label:${key}`,
      label: key,
      description: t('view.group.count', { count }),
    })),
    { value: 'none', label: t('view.group.none') },
  ];
  return (
    <div className={styles.form}>
      <Part title={t('view.layer')}>
        <SegmentedControl
          label={t('view.layer')}
          selectedId={view.layer}
          options={LAYERS.map((id) => ({ id, text: t(`view.layer.${id}`) }))}
          onChange={({ detail }) =>
            setView({ layer: LAYERS.find((id) => id === detail.selectedId) ?? 'full' })
          }
        />
        <p className={styles.hint}>{t(`view.layer.hint.${view.layer}`)}</p>
      </Part>
      <Part title={t('view.group')}>
        <Select
          ariaLabel={t('view.group')}
          selectedOption={
            groups.find(({ value }) => value === view.group) ?? {
              value: view.group,
              label: view.group.replace(/^label:/, ''),
            }
          }
          options={groups}
          filteringType={groups.length > 8 ? 'auto' : 'none'}
          expandToViewport
          onChange={({ detail }) => setView({ group: detail.selectedOption.value ?? 'namespace' })}
        />
      </Part>
      <Part title={t('view.leaveOut')}>
        {HIDABLE.map((what) => {
          const on = view.without.includes(what);
          return (
            <Checkbox
              key={what}
              checked={on}
              description={t(`view.hide.hint.${what}`)}
              onChange={({ detail }) =>
                setView({
                  without: HIDABLE.filter((each) =>
                    each === what ? detail.checked : view.without.includes(each),
                  ),
                })
              }
            >
              {t(`view.hide.${what}`)}
              {on && hidden && ` (${t('view.hidden', { count: hidden[what] })})`}
            </Checkbox>
          );
        })}
      </Part>
      <Part title={t('view.standsOn')}>
        <Checkbox checked={view.workloads} onChange={({ detail }) => setView({ workloads: detail.checked })}>
          {t('view.workloads')}
          {!view.workloads && hidden && ` (${t('view.hidden', { count: hidden.workloads })})`}
        </Checkbox>
      </Part>
      <Part title={t('view.focus')}>
        <div className={styles.row}>
          <Button
            disabled={selected === undefined}
            onClick={() => selected && setView({ focus: [selected] })}
          >
            {name === undefined ? t('view.focus.none') : t('view.focus.on', { name })}
          </Button>
        </div>
        <div className={styles.row}>
          <Hops label={t('view.focus.up')} hops={view.up} onChange={(up) => setView({ up })} />
          <Hops label={t('view.focus.down')} hops={view.down} onChange={(down) => setView({ down })} />
        </div>
      </Part>
      <Part title={t('view.path')}>
        <div className={styles.row}>
          <Button
            disabled={selected === undefined}
            onClick={() => setView({ from: selected, to: undefined })}
          >
            {name === undefined ? t('view.focus.none') : t('view.path.from', { name })}
          </Button>
        </div>
        <p className={styles.hint}>{t('view.path.hint')}</p>
      </Part>
      <div>
        <Button onClick={() => setView(WHOLE)}>{t('view.reset')}</Button>
      </div>
    </div>
  );
}
