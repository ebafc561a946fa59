'use client';
import Alert from '@cloudscape-design/components/alert';
import type { Mesh } from '@/lib/mesh/model';
import { useSpeech } from '@/lib/i18n/react';

/** Says plainly that nobody answers behind a mesh, and what that means for changes. */
export function FrozenBanner({ mesh }: { mesh: Mesh }) {
  const { t } = useSpeech();
  if (mesh.controlPlane !== 'frozen') return null;
  return (
    <Alert
      type="warning"
      header={
        mesh.controlPlaneSaidBy === undefined
          ? t('shell.frozen.title')
          : t('shell.frozen.titleBy', { source: mesh.controlPlaneSaidBy })
      }
    >
      {/* A mesh of the API alone has no cluster that a change could be stored in. */}
      {t(
        mesh.origin === 'kubernetes' || mesh.taken === undefined
          ? 'shell.frozen.text'
          : 'shell.frozen.textApi',
      )}
    </Alert>
  );
}
