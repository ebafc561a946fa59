'use client';
import Popover from '@cloudscape-design/components/popover';
import { useSpeech } from '@/lib/i18n/react';
import matrix from './matrix.module.css';
import styles from './backends.module.css';

const SIGNS = [
  { id: 'direct', sign: '✓', state: 'used', permission: 'direct' },
  { id: 'silent', sign: '–', state: 'silent', permission: 'direct' },
  { id: 'unwatched', sign: '?', state: 'unwatched', permission: 'direct' },
  { id: 'group', sign: 'G', state: 'used', permission: 'group' },
  { id: 'wildcard', sign: '∗', state: 'used', permission: 'wildcard' },
  { id: 'open', sign: '○', state: 'used', permission: 'open' },
  { id: 'undeclared', sign: '!', state: 'undeclared', permission: 'no' },
  { id: 'allow', sign: '+', state: undefined, permission: undefined, edit: 'allow' },
  { id: 'revoke', sign: '−', state: undefined, permission: undefined, edit: 'revoke' },
] as const;

/** What the signs of the matrix mean, and which keys it takes. */
export function Legend() {
  const { t } = useSpeech();
  return (
    <Popover
      header={t('backends.legend')}
      dismissAriaLabel={t('backends.pane.close')}
      size="large"
      triggerType="custom"
      content={
        <>
          <ul className={styles.legend}>
            {SIGNS.map(({ id, sign, state, permission, ...more }) => (
              <li key={id}>
                <span
                  className={matrix.sign}
                  data-state={state}
                  data-permission={permission}
                  data-edit={'edit' in more ? more.edit : undefined}
                  aria-hidden
                >
                  {sign}
                </span>
                {t(`backends.legend.${id}`)}
              </li>
            ))}
          </ul>
          <p className={styles.muted}>{t('backends.legend.keys')}</p>
        </>
      }
    >
      <button type="button" className={styles.chip}>
        {t('backends.legend')}
      </button>
    </Popover>
  );
}
