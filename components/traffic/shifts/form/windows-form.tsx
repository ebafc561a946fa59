'use client';
import Button from '@cloudscape-design/components/button';
import { useSpeech } from '@/lib/i18n/react';
import { specProblems } from '@/lib/shifts';
import type { ShiftSpec, Weekday, Window } from '@/lib/shifts';
import styles from '../shifts.module.css';
import { ChoiceField, Part, TextField, Tick } from './fields';
import own from './form.module.css';

const DAYS: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const WORKDAYS = DAYS.slice(0, 5);

/** The browser's zone: that of whoever plans the shift. */
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When weights may go up. Windows of one moment (`start`, `end`) are kept as they are. */
export function WindowsForm({ spec, put }: { spec: ShiftSpec; put: (patch: Partial<ShiftSpec>) => void }) {
  const { t } = useSpeech();
  const { windows = [] } = spec;
  const problems = specProblems(spec).filter(({ path }) => path.startsWith('windows'));
  const add = () =>
    put({
      windows: [...windows, { kind: 'allow', days: WORKDAYS, from: '09:00', to: '16:00', timeZone: zone() }],
    });
  return (
    <Part title={t('shifts.form.windows', { count: windows.length })} open={windows.length > 0}>
      <p className={styles.muted}>{t('shifts.form.windows.text')}</p>
      <ul className={own.list}>
        {windows.map((window, i) => (
          <li key={i} className={own.row}>
            <WindowRow
              window={window}
              onChange={(next) => put({ windows: windows.map((each, at) => (at === i ? next : each)) })}
            />
            <Button
              variant="icon"
              iconName="close"
              ariaLabel={t('shifts.form.windows.remove', { number: i + 1 })}
              onClick={() => put({ windows: windows.filter((_, at) => at !== i) })}
            />
          </li>
        ))}
      </ul>
      {problems.map(({ path, message }) => (
        <p key={path} role="alert">{`${path} ${message}`}</p>
      ))}
      <div>
        <Button iconName="add-plus" onClick={add}>
          {t('shifts.form.windows.add')}
        </Button>
      </div>
    </Part>
  );
}

function WindowRow({ window, onChange }: { window: Window; onChange: (window: Window) => void }) {
  const { t } = useSpeech();
  const { kind, days = DAYS, from = '', to = '', timeZone = '', start, end } = window;
  const text = (written: string) => (written === '' ? undefined : written);
  const put = (patch: Partial<Window>) => onChange({ ...window, ...patch });
  return (
    <div className={own.list}>
      <div className={own.cells}>
        <ChoiceField
          label={t('shifts.form.windows.kind')}
          choices={['allow', 'deny']}
          chosen={kind}
          onChange={(next) => put({ kind: next })}
          textOf={(each) => t(`shifts.form.windows.${each}`)}
        />
        {start !== undefined || end !== undefined ? (
          <span>{t('shifts.form.windows.once', { start: start ?? '…', end: end ?? '…' })}</span>
        ) : (
          <>
            <TextField
              type="time"
              label={t('shifts.form.windows.from')}
              text={from}
              onChange={(next) => put({ from: text(next) })}
            />
            <TextField
              type="time"
              label={t('shifts.form.windows.to')}
              text={to}
              onChange={(next) => put({ to: text(next) })}
            />
            <TextField
              label={t('shifts.form.windows.zone')}
              text={timeZone}
              hint="UTC"
              maxLength={64}
              onChange={(next) => put({ timeZone: text(next) })}
            />
          </>
        )}
      </div>
      {start === undefined && end === undefined && (
        <fieldset className={own.days}>
          <legend>{t('shifts.form.windows.days')}</legend>
          {DAYS.map((day) => (
            <Tick
              key={day}
              label={t(`shifts.form.day.${day}`)}
              checked={days.includes(day)}
              onChange={(on) =>
                put({ days: DAYS.filter((each) => (each === day ? on : days.includes(each))) })
              }
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}
