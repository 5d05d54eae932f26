// What is usual in the latest runs of a name, and how the latest left it.
import type { Band, StageTrend } from '../api/runs';
import { duration } from '../ui/time';
import { count, money, percent } from './figures';

/** How often something must have been seen before it is usual. */
export const FEWEST = 5;

const seconds = (value: number) => duration(value * 1000);

/** What left its band, each as words that follow the name of the stage. */
export function driftsOf(stage: StageTrend): string[] {
  const { latest } = stage;
  return stage.drifts.map((drift) => {
    switch (drift) {
      case 'drop_rate':
        return `dropped ${percent(latest?.drop_rate)}, usually ${range(stage.drop_rate, percent, 1)}`;
      case 'cost':
        return `cost ${money(latest?.cost)}, usually ${range(stage.cost, money)}`;
      case 'seconds':
        return `took ${latest?.seconds == null ? '–' : seconds(latest.seconds)}, usually ${range(stage.seconds, seconds)}`;
      case 'input':
        return `was given ${count(latest?.input_count)}, usually ${range(stage.input, count)}`;
      case 'output':
        return `left ${count(latest?.output_count)}, usually ${range(stage.output, count)}`;
      case 'missing':
        return `is missing, though ${stage.runs} earlier runs have it`;
      default:
        // A newer service may watch more.
        return `left what is usual for ${drift.replaceAll('_', ' ')}`;
    }
  });
}

/** The ends of the band as a person says them; what is counted or measured here is never below nothing. */
export function range(band: Band | null, text: (value: number) => string, most = Number.POSITIVE_INFINITY): string {
  if (!band) return '–';
  const low = text(Math.min(most, Math.max(0, band.low)));
  const high = text(Math.min(most, Math.max(0, band.high)));
  return low === high ? low : `${low} to ${high}`;
}

export interface Bar {
  /** Of the run in `Trend.runs`; the oldest is drawn first. */
  index: number;
  rate: number | null;
  outside: boolean;
}

/** The drop rates as bars, the oldest first. */
export function barsOf(stage: StageTrend): Bar[] {
  const band = stage.drop_rate;
  return (stage.drop_rates ?? [])
    .map((rate, index) => ({
      index,
      rate: rate === null ? null : Math.min(1, Math.max(0, rate)),
      outside: rate !== null && band !== null && (rate < band.low || rate > band.high),
    }))
    .toReversed();
}
