/** What the marks of a picture refer to: colours, faces, signs, patterns, arrow heads, and the borders cards are cut at. */
import { SEVERITY_PATHS } from '@/components/findings/finding-badge';
import type { DiagramEdgeKind } from '@/lib/mesh/export/diagram';
import { KIND_PATHS, TONE_PATHS } from '../../kind-icon';
import { COLOURS, FACES } from './ink';
import type { Colour, Palette } from './ink';

/** Stroke of an edge: as in the style sheet of the canvas. */
const EDGES: Record<DiagramEdgeKind | 'zero', { colour: Colour; more?: string }> = {
  'gateway-route': { colour: 'kind-gateway' },
  provider: { colour: 'kind-service', more: 'stroke-dasharray:2 4;stroke-linecap:round' },
  'route-target': { colour: 'kind-router', more: 'stroke-opacity:.8' },
  backend: { colour: 'kind-node', more: 'stroke-dasharray:8 4;stroke-opacity:.6' },
  member: { colour: 'kind-service', more: 'stroke-dasharray:8 4;stroke-opacity:.6' },
  dns: { colour: 'text-muted', more: 'stroke-opacity:.6' },
  runs: { colour: 'text-muted', more: 'stroke-opacity:.6' },
  routed: { colour: 'kind-router', more: 'stroke-opacity:.8' },
  call: { colour: 'kind-node' },
  bundle: { colour: 'text-muted' },
  zero: { colour: 'text-muted', more: 'stroke-dasharray:1 5' },
};

const lines = (id: string, paths: string, width: number) =>
  `<path id="${id}" d="${paths}" fill="none" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

const stripes = (id: number, turn: number, size: number, ink: string) =>
  `<pattern id="p${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})">` +
  `<rect width="${size}" height="2" fill="${ink}" fill-opacity=".45"/></pattern>`;

const PATTERNS =
  stripes(1, 45, 6, '#fff') +
  '<pattern id="p2" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1.4" fill="#fff" fill-opacity=".6"/></pattern>' +
  stripes(3, 0, 5, '#fff') +
  stripes(4, 90, 5, '#fff') +
  stripes(5, -45, 5, '#000');

function styles(palette: Palette): string {
  const rules = COLOURS.flatMap((name) => [
    `.f-${name}{fill:${palette[name]}}`,
    `.s-${name}{stroke:${palette[name]};fill:none}`,
  ]);
  for (const [name, { size, weight, ...rest }] of Object.entries(FACES))
    rules.push(`.t-${name}{font:${weight} ${size}px ${'mono' in rest ? 'monospace' : 'sans-serif'}}`);
  for (const [kind, { colour, more }] of Object.entries(EDGES))
    rules.push(`.e-${kind}{stroke:${palette[colour]};marker-end:url(#a-${kind})${more === undefined ? '' : `;${more}`}}`);
  rules.push(
    'text{white-space:pre}',
    '.e{fill:none}',
    `.card,.pill{fill:${palette['surface-raised']};stroke:${palette.border}}`,
    `.badge{fill:${palette.surface};stroke:${palette.border}}`,
    `.box{fill:${palette['text-muted']};fill-opacity:.06;stroke:${palette.border};stroke-dasharray:4 3}`,
    `.mark{fill:${palette['surface-raised']};stroke:${palette['text-muted']};stroke-width:2;stroke-dasharray:6 4}`,
  );
  return rules.join('');
} // prettier-ignore

const arrow = (kind: string, colour: Colour) =>
  `<marker id="a-${kind}" viewBox="-10 -10 20 20" markerWidth="16" markerHeight="16" markerUnits="userSpaceOnUse" orient="auto">` +
  `<path d="M-5-4L0 0L-5 4Z" class="f-${colour}"/></marker>`;

/** `cuts`: what the marks are cut at, by id. */
export function definitions(
  palette: Palette,
  cuts: Iterable<{ id: string; width: number; height: number; radius: number }>,
): string {
  const byId = new Map([...cuts].map((cut) => [cut.id, cut]));
  return [
    `<style>${styles(palette)}</style>`,
    '<defs>',
    ...Object.entries(KIND_PATHS).map(([kind, path]) => lines(`k-${kind}`, path, 1.5)),
    ...Object.entries(TONE_PATHS).map(([tone, path]) => lines(`t-${tone}`, path, 2)),
    ...Object.entries(SEVERITY_PATHS).map(([severity, path]) => lines(`s-${severity}`, path, 1.8)),
    ...Object.entries(EDGES).map(([kind, { colour }]) => arrow(kind, colour)),
    PATTERNS,
    ...[...byId.values()].map(
      ({ id, width, height, radius }) =>
        `<clipPath id="${id}"><rect width="${width}" height="${height}" rx="${radius}"/></clipPath>`,
    ),
    '</defs>',
  ].join('');
}
