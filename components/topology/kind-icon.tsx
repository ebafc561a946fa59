import type { TopologyNode } from '@/lib/mesh/topology';

const PATHS: Record<TopologyNode['kind'], string> = {
  gateway: 'M2 8h7M6 5l3 3-3 3M10 3h4v10h-4',
  service: 'M8 2l5.5 3v6L8 14l-5.5-3V5z',
  router: 'M2 8h4l4-4h4M6 8l4 4h4M12 2l2 2-2 2M12 10l2 2-2 2',
  node: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  unresolved: 'M5.5 6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M8 13h.01',
  malformed: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12h.01',
};

/** The sign of a kind of card; always beside a text, so it is hidden from screen readers. */
export function KindIcon({ kind, size = 16 }: { kind: TopologyNode['kind']; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[kind]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

const TONES = {
  ok: 'M3 8.5l3.5 3.5L13 5',
  warning: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12h.01',
  error: 'M4 4l8 8M12 4l-8 8',
  muted: 'M4 8h8',
} as const;

/** The sign of a health tone; the text beside it says the same. */
export function ToneIcon({ tone }: { tone: keyof typeof TONES }) {
  return (
    <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={TONES[tone]}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
