import { highest, unbroken } from './charts';
import type { ChartPoint } from './charts';
import styles from './metrics.module.css';

const [WIDTH, HEIGHT] = [96, 26];

/** A line without axes, beside the figure it leads to. Gaps stay gaps. */
export function Sparkline({ points }: { points: readonly ChartPoint[] }) {
  const top = highest([{ points }]) || 1;
  const last = Math.max(1, points.length - 1);
  const [first] = points;
  const stepMs = (points[1]?.atMs ?? 1) - (first?.atMs ?? 0) || 1;
  const x = (atMs: number) => 2 + ((atMs - (first?.atMs ?? 0)) / stepMs / last) * (WIDTH - 4);
  const y = (height: number) => HEIGHT - 3 - (height / top) * (HEIGHT - 6);
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      {unbroken(points).map((run) => {
        const [only] = run;
        return run.length === 1 && only ? (
          <circle key={only.atMs} cx={x(only.atMs)} cy={y(only.height)} r={1.5} />
        ) : (
          <polyline
            key={only?.atMs}
            points={run.map(({ atMs, height }) => `${x(atMs)},${y(height)}`).join(' ')}
          />
        );
      })}
    </svg>
  );
}
