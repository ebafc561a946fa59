'use client';
import { createContext, useContext } from 'react';
import type { Box } from '@/lib/layout/types';
import type { EntityKey } from '@/lib/mesh/keys';

/** What the canvas tells those who draw over it. */
export interface CanvasPlaces {
  /** Where a card stands; undefined where it is not shown. */
  placeOf: (key: EntityKey) => Box | undefined;
  /** The card under a pointer. */
  under: (event: { clientX: number; clientY: number }) => { id: string } | undefined;
}

const PlacesContext = createContext<CanvasPlaces | undefined>(undefined);
export const CanvasPlacesProvider = PlacesContext.Provider;

/** The canvas around. */
export function useCanvasPlaces(): CanvasPlaces {
  const places = useContext(PlacesContext);
  if (!places) throw new Error('Something was drawn over a canvas outside of one.');
  return places;
}
