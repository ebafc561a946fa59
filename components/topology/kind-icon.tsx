import type { TopologyNode } from '@/lib/mesh/topology';

/** Lines of 1.5 in a square of 16. */
export const KIND_PATHS: Record<TopologyNode['kind'], string> = {
  gateway: 'M2 8h7M6 5l3 3-3 3M10 3h4v10h-4',
  service: 'M8 2l5.5 3v6L8 14l-5.5-3V5z',
  router: 'M2 8h4l4-4h4M6 8l4 4h4M12 2l2 2-2 2M12 10l2 2-2 2',
  node: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  unresolved: 'M5.5 6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M8 13h.01',
  backendGroup: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  host: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c-4 4-4 8 0 12M8 2c4 4 4 8 0 12',
  kubeService: 'M8 2v4M8 6H3v4M8 6h5v4M1.5 10h3v3h-3zM11.5 10h3v3h-3z',
  workload: 'M8 2l5.5 3-5.5 3-5.5-3zM2.5 8.5L8 11.5l5.5-3M2.5 11.5L8 14.5l5.5-3',
  malformed: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12h.01',
};

/** The sign of a kind of card; always beside a text, so it is hidden from screen readers. */
export function KindIcon({ kind, size = 16 }: { kind: TopologyNode['kind']; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={KIND_PATHS[kind]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Lines of 2 in a square of 16. */
export const TONE_PATHS = {
  ok: 'M3 8.5l3.5 3.5L13 5',
  warning: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12h.01',
  error: 'M4 4l8 8M12 4l-8 8',
  muted: 'M4 8h8',
} as const;

/** The sign of a health tone; the text beside it says the same. */
export function ToneIcon({ tone }: { tone: keyof typeof TONE_PATHS }) {
  return (
    <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={TONE_PATHS[tone]}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
