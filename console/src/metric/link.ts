/** The page of a metric, or of all that a service measures. Names are parameters, because they may be any text. */
export function metricLink(service: string, name?: string, during: Record<string, string> = {}): string {
  return `/series?${new URLSearchParams({ service, ...(name ? { name } : {}), ...during })}`;
}
