'use client';
import Button from '@cloudscape-design/components/button';
import { useMemo, useState } from 'react';
import { EmptyPage } from '@/components/shell/empty-page';
import { useSpeech } from '@/lib/i18n/react';
import { editOf, withEdits } from '@/lib/mesh/backends/edits';
import { daysOf, suggestionsFor } from '@/lib/mesh/backends/suggestions';
import type { Suggestion } from '@/lib/mesh/backends/suggestions';
import { callText } from './cell-text';
import { nameOf } from './names';
import type { Backends } from './use-backends';
import { editable } from './writable';
import styles from './backends.module.css';

const idOf = ({ kind, node, service }: Suggestion): string => `${kind} ${node} ${service}`;

/** What observed calls suggest, over a stated window. What is picked goes into the draft, and nowhere else. */
export function Suggestions({ backends }: { backends: Backends }) {
  const { t } = useSpeech();
  const { list, calls, measured, watched, draft, setDraft } = backends;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const window = measured?.window;
  const found = useMemo(
    () =>
      (window === undefined ? [] : suggestionsFor(list, calls, window)).filter(({ kind, node, service }) => {
        const entity = list.nodes.get(node);
        return entity !== undefined && editable(list, entity, service, kind, t) === true;
      }),
    [list, calls, window, t],
  );
  if (window === undefined) return <EmptyPage busy title={t('overlay.waiting')} text="" />;
  const days = daysOf(window);
  const counted =
    measured?.evidence.some(({ kind, phase }) => kind === 'cloudwatch' && phase !== 'off') ?? false;
  const open = found.filter(({ node, service }) => editOf(draft, node, service) === undefined);
  const chosen = open.filter((each) => picked.has(idOf(each)));
  const pick = (some: readonly Suggestion[], on: boolean) =>
    setPicked((before) => {
      const after = new Set(before);
      for (const each of some) {
        if (on) after.add(idOf(each));
        else after.delete(idOf(each));
      }
      return after;
    });
  return (
    <div className={styles.scroll}>
      <section className={styles.section} aria-label={t('backends.suggestions')}>
        <h2>{t('backends.suggestions')}</h2>
        <p className={styles.muted}>
          {t('backends.suggestions.coverage', {
            from: new Date(window.fromMs),
            to: new Date(window.toMs),
            days,
            kind: !watched ? 'none' : counted ? 'counted' : 'sampled',
          })}{' '}
          {t('backends.suggestions.hint')}
        </p>
        {found.length === 0 ? (
          <EmptyPage
            title={t('backends.suggestions.none')}
            text={watched ? t('backends.suggestions.noneText') : ''}
          />
        ) : (
          <>
            <div className={styles.buttons}>
              <Button
                onClick={() =>
                  pick(
                    open.filter(({ confidence }) => confidence !== 'low'),
                    true,
                  )
                }
              >
                {t('backends.suggestions.all')}
              </Button>
              <Button
                variant="primary"
                disabled={chosen.length === 0}
                onClick={() => {
                  setDraft(withEdits(draft, list, chosen));
                  setPicked(new Set());
                }}
              >
                {t('backends.suggestions.draft', { count: chosen.length })}
              </Button>
            </div>
            <table className={styles.table}>
              <thead>
                <tr>
                  <td />
                  {(['kind', 'node', 'service', 'why', 'confidence'] as const).map((column) => (
                    <th key={column} scope="col">
                      {t(`backends.suggestions.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {found.map((each) => {
                  const { kind, node, service, call, confidence } = each;
                  const drafted = editOf(draft, node, service) !== undefined;
                  const names = { node: nameOf(node), service: nameOf(service) };
                  const kindText = t(`backends.suggestions.${kind}`);
                  return (
                    <tr key={idOf(each)}>
                      <td>
                        <input
                          type="checkbox"
                          aria-label={t('backends.suggestions.pick', { kind: kindText, ...names })}
                          checked={picked.has(idOf(each)) && !drafted}
                          disabled={drafted}
                          onChange={({ target }) => pick([each], target.checked)}
                        />
                      </td>
                      <td>
                        <span className={styles.change} data-kind={kind}>
                          {kindText}
                        </span>
                      </td>
                      <td>{names.node}</td>
                      <td>{names.service}</td>
                      <td>
                        {kind === 'allow' ? callText(call, t) : t('backends.suggestions.silent', { days })}
                        {call.among > 1 && ` · ${t('backends.pane.among', { count: call.among })}`}
                        {drafted && ` · ${t('backends.suggestions.drafted')}`}
                      </td>
                      <td>{t(`backends.suggestions.confidence.${confidence}`)}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </>
        )}
      </section>
    </div>
  );
}
