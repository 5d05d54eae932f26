import type { Bar } from './waterfall';

/**
 * By how many milliseconds each span has to be moved so that no service seems to answer before it was asked. Only what
 * cannot have happened is moved: a span of another service that begins before its caller does, or a server's that begins
 * after the client's call was over. It comes to stand in the middle of the call, for want of a better guess, and what the
 * same service did below it moves along. Late work of consumers stays where it is.
 *
 * The bars stand parents first, as `waterfallOf` lays them out.
 */
export function skewsOf(bars: readonly Bar[]): number[] {
  const skews = bars.map(() => 0);
  bars.forEach((bar, row) => {
    const parent = bars[bar.parent];
    if (!parent) return;
    const known = skews[bar.parent]!;
    if (parent.service === bar.service) {
      skews[row] = known;
      return;
    }
    const called = parent.start + known;
    const early = bar.start < called;
    const late = parent.kind === 'client' && bar.kind === 'server' && bar.start > called + parent.duration;
    if (early || late) skews[row] = called + Math.max(0, (parent.duration - bar.duration) / 2) - bar.start;
  });
  return skews;
}
