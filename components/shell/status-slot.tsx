'use client';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

export const STATUS_SLOT = 'status-slot';

/** The slot is part of the frame and stays as long as the page does: there is nothing to listen to. */
const never = () => () => undefined;
const findSlot = () => document.getElementById(STATUS_SLOT);
const noSlot = () => null;

/** Puts what a page knows about its connection into the bar at the top. */
export function StatusPortal({ children }: { children: ReactNode }) {
  const slot = useSyncExternalStore(never, findSlot, noSlot);
  return slot && createPortal(children, slot);
}
