'use client';
import { useEffect, useState } from 'react';
import { hidden } from '@/components/ui/hidden';
import { useSpeech } from '@/lib/i18n/react';
import { announcement, createCollector } from './announcement';
import { useTimeScope } from './time-context';

/** How long changes are collected before they are said, in milliseconds: a person listens to one sentence at a time. */
const COLLECT_MS = 4_000;

/** Says politely what was asked for, came or went; nothing while paused. */
export function Announcer() {
  const speech = useSpeech();
  const { log, paused } = useTimeScope();
  const [said, setSaid] = useState<readonly string[]>([]);
  const quiet = paused !== undefined;
  useEffect(() => {
    if (quiet) return undefined;
    const collector = createCollector(log.get().heard);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = log.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        const news = collector.since(log.get());
        if (news.length > 0) setSaid(announcement(news, speech));
      }, COLLECT_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [log, quiet, speech]);
  return (
    <div className={hidden} role="status" data-announcer="">
      {!quiet && said.map((text) => <p key={text}>{text}</p>)}
    </div>
  );
}
