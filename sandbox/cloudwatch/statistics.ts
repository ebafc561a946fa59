/** Statistics of one series, period by period. */
import { Histogram } from '../traffic/histogram';
import type { Sample } from './catalogue';
import { invalid } from './requests';

class Period {
  private sum = 0;
  private samples = 0;
  private least = Infinity;
  private most = -Infinity;
  private readonly values: number[] = [];
  private histogram: Histogram | undefined;

  add({ sum, samples, least, most, latencies }: Sample): void {
    this.sum += sum;
    this.samples += samples;
    this.least = Math.min(this.least, least);
    this.most = Math.max(this.most, most);
    if (!latencies) return void this.values.push(sum);
    this.histogram ??= new Histogram();
    for (const each of latencies) this.histogram.addPacked(each);
  }

  value(stat: string): number {
    switch (stat) {
      case 'Sum':
        return this.sum;
      case 'SampleCount':
        return this.samples;
      case 'Average':
        return this.sum / this.samples;
      case 'Minimum':
        return this.least;
      case 'Maximum':
        return this.most;
      default:
        return this.quantile(Number(stat.slice(1)) / 100);
    }
  }

  private quantile(share: number): number {
    if (this.histogram)
      return Math.min(this.most, Math.max(this.least, this.histogram.quantileMs(share) ?? 0));
    const sorted = this.values.sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  }
}

/** Throws ValidationError for a statistic that is not known. */
export function checkStat(stat: string): void {
  if (/^(Sum|SampleCount|Average|Minimum|Maximum)$/.test(stat)) return;
  const percentile = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(stat)?.[1];
  if (percentile === undefined) throw invalid(`The value ${stat} for parameter Stat is not supported.`);
}

export class SeriesStatistics {
  private readonly periods = new Map<number, Period>();

  constructor(
    private readonly periodS: number,
    private readonly stat: string,
  ) {}

  add(time: number, sample: Sample): void {
    const start = Math.floor(time / this.periodS) * this.periodS;
    const period = this.periods.get(start) ?? new Period();
    this.periods.set(start, period);
    period.add(sample);
  }

  /** Values by the beginning of their period; gaps where nothing happened. */
  points(): Map<number, number> {
    return new Map([...this.periods].map(([start, period]) => [start, period.value(this.stat)]));
  }
}
