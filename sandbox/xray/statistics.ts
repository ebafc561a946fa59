/** Counts and response times as X-Ray tells them. */

interface Outcome {
  status: number;
  ms: number;
}

export interface StatisticsDto {
  OkCount: number;
  ErrorStatistics: { ThrottleCount: number; OtherCount: number; TotalCount: number };
  FaultStatistics: { OtherCount: number; TotalCount: number };
  TotalCount: number;
  TotalResponseTime: number;
}

export interface HistogramEntryDto {
  Value: number;
  Count: number;
}

/** Two or three digits count, as in the answers of X-Ray; in whole milliseconds. */
function rounded(ms: number): number {
  const step = ms < 100 ? 1 : 10 ** (Math.floor(Math.log10(ms)) - 1);
  return Math.max(1, Math.round(ms / step)) * step;
}

export class Statistics {
  private ok = 0;
  private error = 0;
  private throttle = 0;
  private fault = 0;
  private totalMs = 0;
  private readonly values = new Map<number, number>();

  add({ status, ms }: Outcome): void {
    if (status >= 500) this.fault++;
    else if (status === 429) this.throttle++;
    else if (status >= 400) this.error++;
    else this.ok++;
    this.totalMs += ms;
    const value = rounded(ms);
    this.values.set(value, (this.values.get(value) ?? 0) + 1);
  }

  summary(): StatisticsDto {
    const { ok, error, throttle, fault } = this;
    return {
      OkCount: ok,
      ErrorStatistics: { ThrottleCount: throttle, OtherCount: error, TotalCount: throttle + error },
      FaultStatistics: { OtherCount: fault, TotalCount: fault },
      TotalCount: ok + error + throttle + fault,
      TotalResponseTime: Math.round(this.totalMs) / 1000,
    };
  }

  /** Only values that occurred. */
  histogram(): HistogramEntryDto[] {
    return [...this.values].sort(([a], [b]) => a - b).map(([ms, Count]) => ({ Value: ms / 1000, Count }));
  }
}
