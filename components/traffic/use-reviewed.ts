'use client';
/** A change that was reviewed: sent once, told of, and taken back. */
import type { ButtonProps } from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Problem } from '@/lib/api/problem';
import type { Result } from '@/lib/client/request';

/** What is said along with a change. */
interface Said {
  reason?: string;
  acknowledgeOwner?: true;
}

export interface Reviewed<Change, Answer> {
  reason: string;
  setReason: (reason: string) => void;
  acknowledged: boolean;
  setAcknowledged: (acknowledged: boolean) => void;
  /** Under way: it cannot be taken back by looking away. */
  sending: boolean;
  done: Answer | undefined;
  /** What came of each attempt to take it back. */
  undos: readonly Answer[];
  failure: Problem | undefined;
  apply: (change: Change) => void;
  undo: (change: Change) => void;
  /** The button that leaves: the one that was pressed may be gone, and the keyboard with it. */
  leave: RefObject<ButtonProps.Ref | null>;
}

/** `patch` sends a change, never twice by itself. */
export function useReviewed<Change, Answer>(
  patch: (change: Change, said: Said) => Promise<Result<Answer>>,
): Reviewed<Change, Answer> {
  const [reason, setReason] = useState('');
  const [acknowledged, setAcknowledged] = useState(false);
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState<Answer>();
  const [undos, setUndos] = useState<readonly Answer[]>([]);
  const [failure, setFailure] = useState<Problem>();
  const leave = useRef<ButtonProps.Ref>(null);
  useEffect(() => {
    if (done !== undefined) leave.current?.focus();
  }, [done, undos]);
  const send = async (change: Change, note: (answer: Answer) => void): Promise<void> => {
    setSending(true);
    const said = reason.trim();
    const result = await patch(change, {
      ...(said === '' ? {} : { reason: said }),
      ...(acknowledged ? { acknowledgeOwner: true } : {}),
    });
    setSending(false);
    if (result.ok) note(result.answer);
    setFailure(result.ok ? undefined : result.problem);
  };
  return {
    ...{ reason, setReason, acknowledged, setAcknowledged, sending, done, undos, failure, leave },
    apply: (change) => void send(change, setDone),
    undo: (change) => void send(change, (answer) => setUndos((before) => [...before, answer])),
  };
}
