'use client';
import type { ReactNode } from 'react';
import { TimeProvider } from '@/components/activity/time-context';
import type { Time } from '@/components/activity/use-time';
import { ChangeMarksProvider } from '@/lib/client/use-changes';
import { TopologyScopeProvider } from './topology-context';
import type { TopologyScope } from './topology-context';

/** What the parts of the topology screen read without being handed it. */
export function ScreenProviders({
  scope,
  time,
  children,
}: {
  scope: TopologyScope;
  time: Time;
  children: ReactNode;
}) {
  return (
    <TopologyScopeProvider value={scope}>
      <TimeProvider value={time}>
        <ChangeMarksProvider value={time.marks}>{children}</ChangeMarksProvider>
      </TimeProvider>
    </TopologyScopeProvider>
  );
}
