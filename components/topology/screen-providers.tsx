'use client';
import type { ComponentProps, ReactNode } from 'react';
import { TimeProvider } from '@/components/activity/time-context';
import type { Time } from '@/components/activity/use-time';
import { ChangeMarksProvider } from '@/lib/client/use-changes';
import { OverlayProvider } from '@/lib/client/use-telemetry';
import { TopologyScopeProvider } from './topology-context';
import type { TopologyScope } from './topology-context';

/** What the parts of the topology screen read without being handed it. */
export function ScreenProviders({
  scope,
  time,
  overlay,
  children,
}: {
  scope: TopologyScope;
  time: Time;
  overlay: ComponentProps<typeof OverlayProvider>['value'];
  children: ReactNode;
}) {
  return (
    <TopologyScopeProvider value={scope}>
      <TimeProvider value={time}>
        <OverlayProvider value={overlay}>
          <ChangeMarksProvider value={time.marks}>{children}</ChangeMarksProvider>
        </OverlayProvider>
      </TimeProvider>
    </TopologyScopeProvider>
  );
}
