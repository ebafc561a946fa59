'use client';
/** What was measured, as React sees it. */
import { useQuery } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { TelemetryAnswer } from '@/lib/api/telemetry';
import { telemetryOptions } from './queries';
import type { TelemetryStore, Told } from './telemetry-store';
import type { OverlayView } from './telemetry-view';
import type { TelemetryWindow } from './telemetry-window';
import { useSeen } from './use-seen';

/** What cards and edges draw by. Another object only when the reader chose something else. */
export type Look = Pick<OverlayView, 'overlay' | 'sized' | 'heat' | 'flow'>;

interface Overlay {
  store: TelemetryStore;
  look: Look;
}

const OverlayContext = createContext<Overlay | undefined>(undefined);
export const OverlayProvider = OverlayContext.Provider;

const OFF: Look = { overlay: 'off', sized: false, heat: false, flow: false };
const never = () => () => undefined;

/** How measurements are drawn; `off` outside a provider. */
export const useLook = (): Look => useContext(OverlayContext)?.look ?? OFF;

/**
 * What is measured of a key. Draws its caller anew only when that is something else. Undefined outside a provider, while the
 * overlay is off, and where nothing is known.
 */
export function useTold(key: string): Told | undefined {
  const overlay = useContext(OverlayContext);
  const store = overlay?.look.overlay === 'off' ? undefined : overlay?.store;
  const subscribe = useCallback(
    (listener: () => void) => (store ? store.subscribe(key, listener) : never()),
    [store, key],
  );
  const get = () => store?.told(key);
  return useSyncExternalStore(subscribe, get, get);
}

/** The whole answer; draws its caller anew with every refresh. Without a store nothing is known. */
export function useAnswerOf(store: TelemetryStore | undefined): TelemetryAnswer | undefined {
  const subscribe = useCallback(
    (listener: () => void) => (store ? store.subscribe(undefined, listener) : never()),
    [store],
  );
  const get = () => store?.answer();
  return useSyncExternalStore(subscribe, get, get);
}

/** The whole answer of the screen around; undefined while the overlay is off. */
export function useTelemetryAnswer(): TelemetryAnswer | undefined {
  const overlay = useContext(OverlayContext);
  return useAnswerOf(overlay?.look.overlay === 'off' ? undefined : overlay?.store);
}

/** The store of the screen around. */
export function useTelemetryStore(): TelemetryStore {
  const overlay = useContext(OverlayContext);
  if (!overlay) throw new Error('Telemetry was asked for outside the topology screen.');
  return overlay.store;
}

/** The window of the answer; another object with every answer, but no reason to be drawn anew: it is read when it is told. */
export function useTelemetryWindow(): TelemetryAnswer['window'] | undefined {
  return useContext(OverlayContext)?.store.answer()?.window;
}

export interface Asked {
  source: string;
  mesh: string;
  /** `undefined`: nothing is asked. */
  window: TelemetryWindow | undefined;
  groups: readonly string[] | undefined;
  /** What is there stays; nothing new is asked for. */
  held: boolean;
}

export interface TelemetryState {
  answer: TelemetryAnswer | undefined;
  /** Why the last question was not answered. */
  error: Error | undefined;
  asking: boolean;
  /** Epoch milliseconds: when it is asked again; `undefined` where it is not. */
  nextAt: number | undefined;
  refresh: () => void;
}

const USUAL = { last: '5m' } as const;

/** Asks, again and again while the page is seen. Several callers that ask the same ask once. */
export function useTelemetry({ source, mesh, window, groups, held }: Asked): TelemetryState {
  const seen = useSeen();
  const enabled = window !== undefined && (groups === undefined || groups.length > 0);
  const options = telemetryOptions(source, mesh, window ?? USUAL, groups, held);
  const query = useQuery({ ...options, enabled: enabled && seen });
  const { data, error, isFetching, dataUpdatedAt, isPlaceholderData, refetch } = query;
  return useMemo(
    () => ({
      answer: enabled ? data : undefined,
      error: enabled ? (error ?? undefined) : undefined,
      asking: isFetching,
      nextAt: enabled && !held && data && !isPlaceholderData ? dataUpdatedAt + data.freshForMs : undefined,
      refresh: () => void refetch(),
    }),
    [enabled, data, error, isFetching, held, dataUpdatedAt, isPlaceholderData, refetch],
  );
}

/** Puts every answer into the store. */
export function useTelemetryFeed(store: TelemetryStore, { answer }: Pick<TelemetryState, 'answer'>): void {
  useEffect(() => {
    store.put(answer);
  }, [store, answer]);
}
