/** `npm run bench -- NAME`: runs one benchmark, prints a table and, as the last line, `{bench, figures, env}` as JSON. */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { layout } from './layout';
import { matrix } from './matrix';
import { graphFrames } from './graph-frames';
import { overlay } from './overlay';
import { propagation } from './propagation';
import { shiftFaults } from './shift-faults';
import { shiftLatency } from './shift-latency';
import { streamFanout } from './stream-fanout';
import { topologyBuild } from './topology-build';

/** A figure that could not be had is null, and a text beside it says why. */
export type Figures = Record<string, number | Record<string, number | string | null>>;

const BENCHES: Record<string, () => Promise<Figures> | Figures> = {
  propagation,
  'graph-frames': graphFrames,
  'stream-fanout': streamFanout,
  'topology-build': topologyBuild,
  layout,
  matrix,
  overlay,
  'shift-faults': shiftFaults,
  'shift-latency': shiftLatency,
};

const round = (figure: number) => Math.round(figure * 100) / 100;
const shownFigure = (figure: number | string | null) => (typeof figure === 'number' ? round(figure) : figure);

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

async function main(): Promise<void> {
  const name = process.argv[2] ?? '';
  const bench = BENCHES[name];
  if (bench === undefined) {
    process.stderr.write(`bench: name one of ${Object.keys(BENCHES).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const figures = await bench();
  console.log(`\n${name}`);
  for (const [label, figure] of Object.entries(figures)) {
    const shown =
      typeof figure === 'number'
        ? String(round(figure))
        : Object.entries(figure)
            .map(([unit, number]) => `${unit} ${shownFigure(number)}`)
            .join('  ');
    console.log(`  ${label.padEnd(14)} ${shown}`);
  }
  const env = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: round(totalmem() / 2 ** 30),
    commit: commit(),
  };
  const rounded = JSON.parse(
    JSON.stringify(figures, (_, each) => (typeof each === 'number' ? round(each) : each)),
  ) as Figures;
  console.log(JSON.stringify({ bench: name, figures: rounded, env }));
}

await main();
