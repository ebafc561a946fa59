'use client';
import { useSyncExternalStore } from 'react';
import { HEAT_STEPS } from './paint-types';
import type { EDGE_STYLES, KINDS, TONES } from './paint-types';
import type { Palette } from './paint-types';

/** Custom properties of the style sheet, by what they colour. */
const KIND: Record<(typeof KINDS)[number], string> = {
  gateway: '--md-kind-gateway',
  service: '--md-kind-service',
  router: '--md-kind-router',
  node: '--md-kind-node',
  host: '--md-text-muted',
  kubeService: '--md-text-muted',
  workload: '--md-text-muted',
  backendGroup: '--md-kind-service',
  unresolved: '--md-kind-unresolved',
  malformed: '--md-kind-unresolved',
  mark: '--md-text-muted',
};
const TONE: Record<(typeof TONES)[number], string> = {
  ok: '--md-ok',
  warning: '--md-warning',
  error: '--md-error',
  muted: '--md-text-muted',
};
const EDGE: Record<(typeof EDGE_STYLES)[number], string> = {
  'gateway-route': '--md-kind-gateway',
  provider: '--md-kind-service',
  'route-target': '--md-kind-router',
  backend: '--md-kind-node',
  member: '--md-kind-service',
  dns: '--md-text-muted',
  runs: '--md-text-muted',
  routed: '--md-kind-router',
  call: '--md-kind-node',
  bundle: '--md-text-muted',
  zero: '--md-border',
};

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim() || '#808080';
  const all = <K extends string>(names: Record<K, string>) =>
    Object.fromEntries(Object.entries<string>(names).map(([key, name]) => [key, colour(name)])) as Record<
      K,
      string
    >; // the keys of `names`
  return {
    surface: colour('--md-surface'),
    raised: colour('--md-surface-raised'),
    border: colour('--md-border'),
    text: colour('--md-text'),
    muted: colour('--md-text-muted'),
    accent: colour('--md-accent'),
    changed: colour('--md-changed'),
    kinds: all(KIND),
    tones: all(TONE),
    edges: all(EDGE),
    heat: Array.from({ length: HEAT_STEPS }, (_, step) => colour(`--md-heat-${step + 1}`)),
    font: getComputedStyle(document.body).fontFamily,
  };
}

let held: { theme: string; palette: Palette } | undefined;

function current(): Palette {
  const theme = document.documentElement.dataset['theme'] ?? '';
  if (held?.theme !== theme) held = { theme, palette: readPalette() };
  return held.palette;
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** The style sheet's colours for what is painted on a canvas; another object after the theme changed. */
export const usePalette = (): Palette => useSyncExternalStore(subscribe, current, current);
