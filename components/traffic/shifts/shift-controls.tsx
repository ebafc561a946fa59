'use client';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '@/components/ui/problem-alert';
import type { Problem } from '@/lib/api/problem';
import type { ShiftAnswer } from '@/lib/api/shifts';
import { sendControl, shiftOptions } from '@/lib/client/shifts';
import { useSpeech } from '@/lib/i18n/react';
import { controlObstacle } from '@/lib/shifts';
import type { ControlAction } from '@/lib/shifts';
import styles from './shifts.module.css';

const ALWAYS = ['pause', 'resume', 'promote', 'promoteFull', 'retry', 'abort'] as const;
const DRIFTED = ['adopt', 'reassert'] as const;
/** Asked for once more, with what will happen. */
const CONFIRMED: readonly ControlAction[] = ['abort', 'promoteFull', 'adopt', 'reassert'];

/** What can be asked of a shift; what cannot says why. */
export function ShiftControls({ source, answer }: { source: string; answer: ShiftAnswer }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState<ControlAction>();
  const [busy, setBusy] = useState<ControlAction>();
  const [problem, setProblem] = useState<Problem>();
  const { shift, readOnly } = answer;
  const { status, spec } = shift;
  const { control } = spec;
  const waits =
    control !== undefined && !status?.controls.some(({ requestId }) => requestId === control.requestId);
  const drifted = status?.phase === 'Paused' && status.pause?.reason === 'Drift';

  const whyNot = (action: ControlAction): string | undefined => {
    if (readOnly) return t('traffic.reason.readOnly');
    if (waits && (action !== 'abort' || control.action === 'abort'))
      return t('shifts.control.waits', { action: t(`shifts.action.${control.action}`), by: control.by });
    if (status === undefined)
      return action === 'abort' || action === 'pause' ? undefined : t('shifts.obstacle.notBegun');
    const obstacle = controlObstacle({ action, expectedStep: status.step }, status);
    return obstacle && t(`shifts.obstacle.${obstacle}`);
  };

  const send = async (action: ControlAction) => {
    setBusy(action);
    setProblem(undefined);
    const body = {
      requestId: crypto.randomUUID(),
      uid: shift.uid,
      ...(status === undefined ? {} : { expectedStep: status.step }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    };
    const result = await sendControl(source, shift, action, body);
    setBusy(undefined);
    setAsked(undefined);
    if (result.ok) setReason('');
    else setProblem(result.problem);
    await client.invalidateQueries(shiftOptions(source, shift.namespace, shift.name));
  };

  const before = (status?.snapshot ?? []).map(
    ({ router, route, targets }) =>
      `${router} / ${route}: ${targets.map(({ node, weight }) => `${node} ${weight}`).join(', ')}`,
  );
  return (
    <div className={styles.controls}>
      <div className={styles.buttons}>
        {[...ALWAYS, ...(drifted ? DRIFTED : [])].map((action) => {
          const reasonNot = whyNot(action);
          return (
            <Button
              key={action}
              variant={action === 'promote' && reasonNot === undefined ? 'primary' : 'normal'}
              disabled={reasonNot !== undefined}
              {...(reasonNot === undefined ? {} : { disabledReason: reasonNot })}
              loading={busy === action}
              onClick={() => (CONFIRMED.includes(action) ? setAsked(action) : void send(action))}
            >
              {t(`shifts.action.${action}`)}
            </Button>
          );
        })}
      </div>
      <label className={styles.field}>
        {t('shifts.control.reason')}
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
      {waits && (
        <p role="status">
          {t('shifts.control.waits', { action: t(`shifts.action.${control.action}`), by: control.by })}
        </p>
      )}
      {problem && <ProblemAlert problem={problem} />}
      {asked && (
        <Modal
          visible
          header={t(`shifts.action.${asked}`)}
          onDismiss={() => setAsked(undefined)}
          footer={
            <div className={styles.buttons}>
              <Button onClick={() => setAsked(undefined)}>{t('shifts.control.cancel')}</Button>
              <Button variant="primary" loading={busy === asked} onClick={() => void send(asked)}>
                {t(`shifts.action.${asked}`)}
              </Button>
            </div>
          }
        >
          <p>{t(`shifts.will.${asked}`)}</p>
          {asked === 'abort' && before.length > 0 && (
            <ul>
              {before.map((line) => (
                <li key={line}>
                  <code>{line}</code>
                </li>
              ))}
            </ul>
          )}
          {asked === 'abort' && before.length === 0 && <p>{t('shifts.will.nothing')}</p>}
        </Modal>
      )}
    </div>
  );
}
