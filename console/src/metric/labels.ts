import type { Series } from '../api/metrics';
import { valueText } from '../ui/text';

/** What tells series apart, in the order of the answer: the attributes in which they differ, of points before resources. */
export function labelsOf(series: readonly Pick<Series, 'attributes' | 'resource'>[]): string[] {
  const differing = [...differences(series.map(({ attributes }) => attributes)), ...differences(series.map(({ resource }) => resource))];
  return series.map(({ attributes, resource }) => {
    const all: Record<string, unknown> = { ...resource, ...attributes };
    const said = [...new Set(differing)].filter((name) => all[name] !== undefined).map((name) => `${name} ${valueText(all[name])}`);
    return said.join(', ') || (series.length === 1 ? 'the only series' : 'without attributes');
  });
}

function differences(groups: readonly Record<string, unknown>[]): string[] {
  const names = [...new Set(groups.flatMap((group) => Object.keys(group)))];
  return names.filter((name) => new Set(groups.map((group) => JSON.stringify(group[name]))).size > 1);
}
