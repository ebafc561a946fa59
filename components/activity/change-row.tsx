'use client';
import { memo } from 'react';
import { titleOfId } from '@/components/findings/finding-text';
import type { Change } from '@/lib/client/changes';
import { useSpeech } from '@/lib/i18n/react';
import type { FieldChange } from '@/lib/mesh/changes/fields';
import type { ObjectChange } from '@/lib/mesh/changes/objects';
import type { ChangeKind } from '@/lib/mesh/changes/words';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Writer } from '@/lib/mesh/model';
import { hidden } from '@/components/ui/hidden';
import { plainText } from './field-text';
import styles from './change-row.module.css';

/** Fields of an object that are shown at once; the rest unfolds. */
const SHOWN = 5;

export interface ChangeRowProps {
  change: Pick<ObjectChange, 'key' | 'what' | 'card' | 'fields' | 'writers'> &
    Partial<Pick<Change, 'at' | 'since'>>;
  /** Fields of these kinds are shown; undefined for all. */
  kinds?: ReadonlySet<ChangeKind> | undefined;
  onChoose: (key: EntityKey) => void;
}

/** One object that changed: when, what of it, and who wrote. */
export const ChangeRow = memo(function ChangeRow({ change, kinds, onChoose }: ChangeRowProps) {
  const { t } = useSpeech();
  const { key, what, card, at, since, writers } = change;
  const fields = kinds ? change.fields.filter(({ kind }) => kinds.has(kind)) : change.fields;
  const name = <ObjectName of={key} />;
  return (
    <li className={styles.row} data-change={key} data-what={what}>
      {at !== undefined && (
        <time className={styles.time} dateTime={new Date(at).toISOString()}>
          {t('activity.time', { at: new Date(at) })}
        </time>
      )}
      <div className={styles.object}>
        {card === undefined ? (
          <span className={styles.name}>{name}</span>
        ) : (
          <button type="button" className={styles.name} onClick={() => onChoose(card)}>
            {name}
          </button>
        )}
        <span className={styles.what} data-what={what}>
          {t(`activity.what.${what}`)}
        </span>
      </div>
      <div className={styles.fields}>
        {at !== undefined && since !== undefined && (
          <p className={styles.between}>
            {t('activity.between', { from: new Date(since), to: new Date(at) })}
          </p>
        )}
        <Fields fields={fields.slice(0, SHOWN)} />
        {fields.length > SHOWN && (
          <details>
            <summary>{t('activity.more', { count: fields.length - SHOWN })}</summary>
            <Fields fields={fields.slice(SHOWN)} />
          </details>
        )}
      </div>
      <div className={styles.writers}>
        {writers.map((writer) => (
          <By key={`${writer.manager} ${writer.operation}`} writer={writer} />
        ))}
      </div>
    </li>
  );
});

function ObjectName({ of }: { of: EntityKey }) {
  const { t } = useSpeech();
  const parsed = parseEntityKey(of);
  if (!parsed) return of;
  const { kind, namespace, name } = parsed;
  return (
    <>
      {namespace === '' ? name : `${namespace}/${name}`}
      <span className={styles.kind}>
        {' '}
        {kind === 'mesh' || kind === 'gatewayRoute'
          ? t(`activity.object.${kind}`)
          : t(`topology.kind.${kind}`)}
      </span>
    </>
  );
}

function By({ writer: { manager, operation, at } }: { writer: Writer }) {
  const { t } = useSpeech();
  return (
    <span title={t('activity.byHint', { manager, operation })}>
      {at === undefined ? t('activity.by', { manager }) : t('activity.byAt', { manager, at: new Date(at) })}
    </span>
  );
}

function Fields({ fields }: { fields: readonly FieldChange[] }) {
  return (
    <ul>
      {fields.map((field) => (
        <li key={field.path} data-kind={field.kind}>
          {field.kind === 'finding' ? <Found field={field} /> : <Field field={field} />}
        </li>
      ))}
    </ul>
  );
}

function Field({ field: { path, before, after } }: { field: FieldChange }) {
  const { t } = useSpeech();
  return (
    <>
      <code className={styles.path}>{path}</code>{' '}
      <span className={styles.values}>
        <Plain content={before} />
        <span className={styles.arrow} aria-hidden="true">
          →
        </span>
        <span className={hidden}>{t('activity.to')}</span>
        <Plain content={after} />
      </span>
    </>
  );
}

function Plain({ content }: { content: unknown }) {
  const { t } = useSpeech();
  const plain = plainText(content);
  return plain ? (
    <span className={styles.plain} title={plain.whole}>
      {plain.text}
    </span>
  ) : (
    <span className={styles.nothing}>{t('activity.nothing')}</span>
  );
}

function Found({ field: { path, before, after } }: { field: FieldChange }) {
  const { t } = useSpeech();
  const title = titleOfId(path, t);
  if (before === undefined) return t('activity.finding.new', { title });
  return t(after === undefined ? 'activity.finding.gone' : 'activity.finding.changed', { title });
}
