'use client';
import { I18nProvider } from '@cloudscape-design/components/i18n';
import enMessages from '@cloudscape-design/components/i18n/messages/all.en';
import koMessages from '@cloudscape-design/components/i18n/messages/all.ko';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActionsProvider } from '@/lib/client/use-actions';
import { ProblemError } from '@/lib/client/request';
import type { Locale } from '@/lib/i18n/locale';
import { LocaleProvider } from '@/lib/i18n/react';

const CLOUDSCAPE_MESSAGES = [enMessages, koMessages];

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A refusal stays one; only a console that does not answer is asked again.
        retry: (count, error) => count < 2 && error instanceof ProblemError && error.problem.status === 0,
        refetchOnWindowFocus: true,
        // The console may well be on this machine: a browser that is offline still reaches it.
        networkMode: 'always',
      },
    },
  });
}

/** Language and query cache for everything below. */
export function Providers({ locale, children }: { locale: Locale; children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <LocaleProvider locale={locale}>
      <I18nProvider locale={locale} messages={CLOUDSCAPE_MESSAGES}>
        <QueryClientProvider client={client}>
          <ActionsProvider>{children}</ActionsProvider>
        </QueryClientProvider>
      </I18nProvider>
    </LocaleProvider>
  );
}
