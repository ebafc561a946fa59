'use client';
import { useSpeech } from '@/lib/i18n/react';
import { editOf } from '@/lib/mesh/backends/edits';
import type { Draft } from '@/lib/mesh/backends/edits';
import type { SeenSpan } from '@/lib/mesh/backends/seen-span';
import { suggestionId } from '@/lib/mesh/backends/suggestions';
import type { Suggestion } from '@/lib/mesh/backends/suggestions';
import { edgeKey } from '@/lib/mesh/topology';
import { callText } from './cell-text';
import { lengthText } from './length-text';
import { nameOf } from './names';
import styles from './backends.module.css';

/** Suggestions with what each rests on: how often or how long, counted or sampled, first and last seen. */
export function SuggestionTable({
  found,
  draft,
  picked,
  seen,
  onPick,
}: {
  found: readonly Suggestion[];
  draft: Draft;
  picked: ReadonlySet<string>;
  seen: ReadonlyMap<string, SeenSpan | undefined> | undefined;
  onPick: (some: readonly Suggestion[], on: boolean) => void;
}) {
  const { t } = useSpeech();
  const why = ({ kind, call, days, node, service }: Suggestion): string[] => {
    const span = seen?.get(edgeKey('backend', node, undefined, service));
    return [
      kind === 'allow'
        ? callText(call, t)
        : t('backends.suggestions.silent', { length: lengthText(days, t) }),
      ...(span === undefined
        ? []
        : [t('backends.suggestions.span', { first: new Date(span.firstMs), last: new Date(span.lastMs) })]),
      // Silence is told by what counts alone.
      t(kind === 'allow' && call.sampled ? 'backends.suggestions.sampled' : 'backends.suggestions.counted'),
      ...(call.among > 1 ? [t('backends.pane.among', { count: call.among })] : []),
      ...(editOf(draft, node, service) === undefined ? [] : [t('backends.suggestions.drafted')]),
    ];
  };
  return (
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
          const { kind, node, service, confidence } = each;
          const id = suggestionId(each);
          const drafted = editOf(draft, node, service) !== undefined;
          const names = { node: nameOf(node), service: nameOf(service) };
          const kindText = t(`backends.suggestions.${kind}`);
          return (
            <tr key={id}>
              <td>
                <input
                  type="checkbox"
                  aria-label={t('backends.suggestions.pick', { kind: kindText, ...names })}
                  checked={picked.has(id) && !drafted}
                  disabled={drafted}
                  onChange={({ target }) => onPick([each], target.checked)}
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
                {why(each).map((line, i) => (
                  <div key={line} className={i === 0 ? undefined : styles.muted}>
                    {line}
                  </div>
                ))}
              </td>
              <td>{t(`backends.suggestions.confidence.${confidence}`)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
