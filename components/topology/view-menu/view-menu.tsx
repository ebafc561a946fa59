'use client';
import Button from '@cloudscape-design/components/button';
import Popover from '@cloudscape-design/components/popover';
import { memo } from 'react';
import type { ViewState } from '@/lib/client/view-state';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { TopologyNode } from '@/lib/mesh/topology';
import type { Viewed } from '@/lib/mesh/view/spec';
import { ViewForm } from './view-form';

export interface ViewMenuProps {
  view: ViewState;
  setView: (patch: Partial<ViewState>) => void;
  hidden: Viewed['hidden'] | undefined;
  /** Asked when the menu is open, so that it need not be drawn anew with every event. */
  nodes: () => ReadonlyMap<EntityKey, TopologyNode> | undefined;
}

/** What is shown of the mesh: layer, groups, focus, path, and what is left out. */
export const ViewMenu = memo(function ViewMenu(props: ViewMenuProps) {
  const { t } = useSpeech();
  return (
    <Popover
      header={t('view.title')}
      size="large"
      position="bottom"
      triggerType="custom"
      dismissButton
      content={<ViewForm {...props} />}
    >
      <Button iconName="view-full">{t('view.menu')}</Button>
    </Popover>
  );
});
