'use client';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMemo, useState } from 'react';
import { EmptyPage } from '@/components/shell/empty-page';
import type { TelemetryWindow } from '@/lib/client/telemetry-window';
import { useSpeech } from '@/lib/i18n/react';
import { editOf, withEdits } from '@/lib/mesh/backends/edits';
import { daysOf, suggestionId, suggestionsFor } from '@/lib/mesh/backends/suggestions';
import type { Suggestion } from '@/lib/mesh/backends/suggestions';
import { edgeKey } from '@/lib/mesh/topology';
import { ExportDialog } from './export-dialog';
import { lengthText } from './length-text';
import { SuggestionTable } from './suggestion-table';
import type { Backends } from './use-backends';
import { busiestNodes, useSeenSpans } from './use-seen-spans';
import { editable } from './writable';
import styles from './backends.module.css';

/** Days one may look back, and for which an entry must have been silent. */
const DAYS = [1, 7, 14, 30] as const;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Silence that misses no more than this share of the window was as long as it. */
const NEARLY = 0.97;

/** What observed calls suggest, over a stated window. What is picked goes into the draft or into a file, and nowhere else. */
export function Suggestions({
  backends,
  window: asked,
  onWindow,
}: {
  backends: Backends;
  window: TelemetryWindow;
  onWindow: (window: TelemetryWindow) => void;
}) {
  const { t } = useSpeech();
  const { source, mesh, list, calls, measured, watched, telemetry, draft, setDraft } = backends;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [exporting, setExporting] = useState(false);
  const window = measured?.window;
  const long = window !== undefined && daysOf(window) >= 1;
  const probes = useMemo(() => (long && measured ? busiestNodes(measured.telemetry) : []), [long, measured]);
  const probed = useSeenSpans(source, mesh, probes, asked);
  // Silence before anything was measured is nobody's.
  const fromMs = useMemo(() => {
    if (window === undefined || probes.length === 0) return window?.fromMs;
    const firsts = [...(probed?.values() ?? [])].flatMap((span) => span?.firstMs ?? []);
    if (firsts.length === 0) return undefined;
    const first = Math.min(...firsts);
    const stepMs = window.stepSeconds * 1000;
    // Where in its step the first measurement lies is not told: the later end claims nothing.
    return first < window.fromMs + stepMs ? window.fromMs : first + stepMs;
  }, [window, probes, probed]);
  const all = useMemo(
    () =>
      (window === undefined
        ? []
        : suggestionsFor(list, calls, { fromMs: fromMs ?? window.toMs, toMs: window.toMs })
      ).filter(({ kind, node, service }) => {
        const entity = list.nodes.get(node);
        return entity !== undefined && editable(list, entity, service, kind, t) === true;
      }),
    [list, calls, window, fromMs, t],
  );
  const wanted = window === undefined ? 0 : daysOf(window);
  const found = all.filter(({ kind, days }) => kind === 'allow' || days >= NEARLY * wanted);
  const seen = useSeenSpans(
    source,
    mesh,
    found.flatMap(({ kind, node, service }) =>
      kind === 'allow' ? [edgeKey('backend', node, undefined, service)] : [],
    ),
    asked,
  );
  if (window === undefined) return <EmptyPage busy title={t('overlay.waiting')} text="" />;
  const days = fromMs === undefined ? 0 : daysOf({ fromMs, toMs: window.toMs });
  const counted =
    measured?.evidence.some(({ kind, phase }) => kind === 'cloudwatch' && phase !== 'off') ?? false;
  const open = found.filter(({ node, service }) => editOf(draft, node, service) === undefined);
  const chosen = open.filter((each) => picked.has(suggestionId(each)));
  const pick = (some: readonly Suggestion[], on: boolean) =>
    setPicked((before) => {
      const after = new Set(before);
      for (const each of some) {
        if (on) after.add(suggestionId(each));
        else after.delete(suggestionId(each));
      }
      return after;
    });
  const since = (count: number) => {
    const toMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    onWindow({ fromMs: toMs - count * DAY_MS, toMs });
  };
  const withheld = all.length - found.length;
  const length = lengthText(wanted, t);
  const askedDays = 'fromMs' in asked ? daysOf(asked) : asked.last === '24h' ? 1 : 0;
  // The answer to the question before stands until this one is answered.
  const isOld = telemetry.asking && telemetry.nextAt === undefined;
  return (
    <div className={styles.scroll}>
      <section className={styles.section} aria-label={t('backends.suggestions')}>
        <h2>{t('backends.suggestions')}</h2>
        <div className={styles.choice}>
          <span className={styles.muted}>{t('backends.suggestions.days')}</span>
          <SegmentedControl
            label={t('backends.suggestions.days')}
            selectedId={String(DAYS.find((count) => Math.abs(count - askedDays) < 0.01) ?? '')}
            options={DAYS.map((count) => ({
              id: String(count),
              text: t('backends.suggestions.dayCount', { count }),
            }))}
            onChange={({ detail }) => since(Number(detail.selectedId))}
          />
          {isOld && <StatusIndicator type="loading">{t('backends.suggestions.asking')}</StatusIndicator>}
        </div>
        <p className={styles.muted}>
          {t('backends.suggestions.coverage', {
            from: new Date(window.fromMs),
            to: new Date(window.toMs),
            length,
            kind: !watched ? 'none' : counted ? 'counted' : 'sampled',
          })}{' '}
          {watched &&
            long &&
            (fromMs === undefined
              ? t('backends.suggestions.sinceWaiting')
              : t('backends.suggestions.since', {
                  since: new Date(fromMs),
                  length: lengthText(days, t),
                  wanted: length,
                }))}{' '}
          {t('backends.suggestions.hint')}
        </p>
        {withheld > 0 && fromMs !== undefined && (
          <p className={styles.muted}>{t('backends.suggestions.withheld', { count: withheld, length })}</p>
        )}
        {found.length === 0 ? (
          <EmptyPage
            title={t('backends.suggestions.none')}
            text={watched && withheld === 0 ? t('backends.suggestions.noneText') : ''}
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
              <Button disabled={chosen.length === 0} onClick={() => setExporting(true)}>
                {t('backends.suggestions.export')}
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
            <SuggestionTable found={found} draft={draft} picked={picked} seen={seen} onPick={pick} />
          </>
        )}
      </section>
      {exporting && <ExportDialog backends={backends} edits={chosen} onClose={() => setExporting(false)} />}
    </div>
  );
}
