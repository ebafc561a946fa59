'use client';
import Button from '@cloudscape-design/components/button';
import Popover from '@cloudscape-design/components/popover';
import { useSpeech } from '@/lib/i18n/react';
import { isMessageKey } from '@/lib/i18n/translate';
import { FIELDS, operatorsOf } from '@/lib/mesh/query/fields';
import { Painted } from './painted';
import styles from './find.module.css';

const EXAMPLES = [
  ['cart shop', 'find.example.words'],
  ['kind = router and share < 100', 'find.example.and'],
  ['namespace in (shop, pay) and not idle', 'find.example.in'],
  ['name ~ /^cart-v\\d$/', 'find.example.pattern'],
  ['(ready < pods or finding.severity = error)', 'find.example.or'],
] as const;

/** The language on one page: examples, fields, operators, keys. */
export function FindHelp() {
  const { t } = useSpeech();
  return (
    <Popover
      header={t('find.help')}
      size="large"
      position="bottom"
      triggerType="custom"
      dismissButton
      content={
        <div className={styles.help} tabIndex={0} role="region" aria-label={t('find.help')}>
          <ul className={styles.examples}>
            {EXAMPLES.map(([text, meaning]) => (
              <li key={text}>
                <code>
                  <Painted text={text} error={undefined} />
                </code>
                <span>{t(meaning)}</span>
              </li>
            ))}
          </ul>
          <p>{t('find.help.keys')}</p>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('find.help.field')}</th>
                <th scope="col">{t('find.help.operators')}</th>
                <th scope="col">{t('find.help.meaning')}</th>
              </tr>
            </thead>
            <tbody>
              {FIELDS.map((field) => (
                <tr key={field.name}>
                  <th scope="row">
                    <code>{field.name.endsWith('.') ? `${field.name}KEY` : field.name}</code>
                  </th>
                  <td>
                    <code>{operatorsOf(field).join(' ')}</code>
                  </td>
                  <td>{isMessageKey(field.describe) ? t(field.describe) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    >
      <Button iconName="status-info" variant="icon" ariaLabel={t('find.help')} />
    </Popover>
  );
}
