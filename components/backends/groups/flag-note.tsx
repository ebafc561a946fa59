'use client';
import Alert from '@cloudscape-design/components/alert';
import { CopyBlock } from '@/components/traffic/copy-block';
import { useSpeech } from '@/lib/i18n/react';
import type { Mesh } from '@/lib/mesh/model';
import styles from '../backends.module.css';

/** Shows the arguments of the controller, whatever its release is called. */
const LOOK = [
  'kubectl get deployments -A -l app.kubernetes.io/name=appmesh-controller',
  "-o jsonpath='{.items[*].spec.template.spec.containers[*].args}'",
].join(' ');

/** Whether the controller takes notice of groups at all. */
export function FlagNote({ flag }: { flag: Mesh['groupsFlag'] }) {
  const { t } = useSpeech();
  switch (flag) {
    case 'on':
      return <p className={styles.muted}>{t('backends.groups.flag.on')}</p>;
    case 'off':
      return (
        <Alert type="warning" header={t('backends.groups.flag.off')}>
          {t('backends.groups.flag.offText')}
        </Alert>
      );
    case undefined:
      return (
        <Alert type="info" header={t('backends.groups.flag.unknown')}>
          {t('backends.groups.flag.unknownText')}
          <CopyBlock text={LOOK} />
        </Alert>
      );
  }
}
