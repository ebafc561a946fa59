'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { ConnectionIndicator } from '@/components/shell/connection-indicator';
import type { ListedSource, RoutesAnswer } from '@/lib/api/routes';
import { polledConnection, worstOf } from '@/lib/client/polled-connection';
import { ProblemError } from '@/lib/client/request';
import { sourcePath } from '@/lib/client/queries';
import { useNow } from '@/lib/client/use-now';

/** How often the page looks whether an answer is overdue. */
const LOOK_MS = 5_000;

/** How current the list is: whether the console answers, and whether every source does. */
export function PollState({
  query,
  sources,
}: {
  query: UseQueryResult<RoutesAnswer>;
  sources: readonly ListedSource[];
}) {
  const now = useNow(LOOK_MS);
  const { dataUpdatedAt, errorUpdatedAt, failureCount, error } = query;
  const told = error instanceof ProblemError ? error.problem : { code: 'E599', detail: error?.message ?? '' };
  const asked = {
    answeredAt: dataUpdatedAt,
    failedAt: errorUpdatedAt,
    tries: failureCount,
    problem: error ? { code: told.code, detail: told.detail } : undefined,
  };
  const at = Math.max(now, dataUpdatedAt, errorUpdatedAt);
  const states = sources.map((source) => ({
    source,
    connection: polledConnection(asked, undefined, stateOf(source, dataUpdatedAt), source.ready, at),
  }));
  const worst =
    worstOf(states.map(({ connection }) => connection)) ??
    polledConnection(asked, undefined, undefined, false, at);
  const retryNow = () => {
    // The console's own wait for the clusters is ended as well.
    for (const { id } of sources)
      void fetch(`${sourcePath(id)}/refresh`, { method: 'POST' }).catch(() => undefined);
    void query.refetch();
  };
  const of = states.find(({ connection }) => connection === worst)?.source.name;
  return (
    <ConnectionIndicator
      connection={{ ...worst, retryNow }}
      of={sources.length > 1 && worst.phase !== 'live' ? of : undefined}
    />
  );
}

const stateOf = ({ phase, problem }: ListedSource, at: number) => ({
  phase,
  since: new Date(at).toISOString(),
  ...(problem === undefined ? {} : { problem }),
});
