'use client';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { actionFor, createActionRegistry } from './actions';
import type { Action, ActionRegistry, Destination } from './actions';
import { readSingleKeys } from './preferences';

interface Actions {
  registry: ActionRegistry;
  /** Why the last key or choice did nothing, until it is over. */
  refusal: string | undefined;
  /** Runs an action, or says why not. */
  perform(action: Action): void;
}

const ActionsContext = createContext<Actions | undefined>(undefined);

/** How long a refusal is shown, in milliseconds. */
const REFUSAL_MS = 5_000;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role=dialog], dialog') !== null);

/** Listens for the keys of everything that is on offer below. */
export function ActionsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createActionRegistry);
  const [refusal, setRefusal] = useState<string>();
  const perform = useCallback((action: Action) => {
    if (action.enabled === true) action.run();
    else setRefusal(action.enabled);
  }, []);

  useEffect(() => {
    if (refusal === undefined) return undefined;
    const timer = setTimeout(() => setRefusal(undefined), REFUSAL_MS);
    return () => clearTimeout(timer);
  }, [refusal]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const action = actionFor(registry.current().actions, event, readSingleKeys());
      if (!action) return;
      event.preventDefault();
      perform(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry, perform]);

  const actions = useMemo(() => ({ registry, refusal, perform }), [registry, refusal, perform]);
  return <ActionsContext value={actions}>{children}</ActionsContext>;
}

/** Everything on offer, and how to run it. */
export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('Actions were used outside an ActionsProvider.');
  return actions;
}

const NOWHERE: readonly Destination[] = [];

/** Offers actions and destinations for as long as the caller is on screen; always the newest given. */
export function useOffer(actions: readonly Action[], destinations: readonly Destination[] = NOWHERE): void {
  const { registry } = useActions();
  const latest = useRef({ actions, destinations });
  useEffect(() => {
    latest.current = { actions, destinations };
  });
  useEffect(() => registry.offer(() => latest.current), [registry]);
}
