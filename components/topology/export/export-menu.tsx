'use client';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import { memo, useCallback, useState } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import { ExportNotice } from './export-notice';
import type { Exportable } from './exportable';
import type { Outcome } from './outcome';
import { runExport } from './run-export';
import type { Choice } from './run-export';

const PICTURES = [
  'svg-whole',
  'svg-visible',
  'png-whole',
  'png-whole-2x',
  'png-visible',
  'png-visible-2x',
] as const satisfies readonly Choice[];
const CHOICES: readonly Choice[] = [...PICTURES, 'json-shown', 'json-whole', 'mermaid', 'dot', 'link'];

/**
 * What is shown, as a file or a link. `read` is asked when something is chosen, so that the menu need not be drawn anew with
 * every event.
 */
export const ExportMenu = memo(function ExportMenu({
  read,
  drawn,
}: {
  read: () => Exportable | undefined;
  /** Whether the graph is shown: a list has no picture. */
  drawn: boolean;
}) {
  const { t, locale } = useSpeech();
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const dismiss = useCallback(() => setOutcome(undefined), []);

  const choose = async (id: string) => {
    const choice = CHOICES.find((each) => each === id);
    if (choice === undefined) return;
    setBusy(true);
    setOutcome(undefined);
    // A large picture keeps the browser busy: first it shows that it is.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const occasion = { address: window.location.href, at: new Date(), locale, t };
    setOutcome(await runExport(choice, read(), occasion));
    setBusy(false);
  };
  const items: ButtonDropdownProps.Items = [
    {
      text: t('export.group.picture'),
      items: PICTURES.map((format) => ({
        id: format,
        text: t(`export.picture.${format}`),
        ...(drawn ? {} : { disabled: true, disabledReason: t('topology.action.graphOnly') }),
      })),
    },
    {
      text: t('export.group.text'),
      items: [
        { id: 'json-shown', text: t('export.jsonShown') },
        { id: 'json-whole', text: t('export.jsonWhole') },
        { id: 'mermaid', text: t('export.mermaid') },
        { id: 'dot', text: t('export.dot') },
      ],
    },
    { text: t('export.group.share'), items: [{ id: 'link', text: t('export.link'), iconName: 'copy' }] },
  ];
  return (
    <>
      <ButtonDropdown
        items={items}
        loading={busy}
        loadingText={t('export.busy')}
        expandToViewport
        onItemClick={({ detail }) => void choose(detail.id)}
      >
        {t('export.menu')}
      </ButtonDropdown>
      <ExportNotice outcome={outcome} onDismiss={dismiss} />
    </>
  );
});
