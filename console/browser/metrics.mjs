// What a small shop measures.
const METRICS = [
  { service: 'cart', name: 'http.server.request.count', kind: 'sum', unit: '{request}', rate: true },
  { service: 'cart', name: 'db.pool.used', kind: 'gauge', unit: '{connection}', attributes: [{ pool: 'main' }, { pool: 'spare' }] },
  { service: 'cart', name: 'process.memory.usage', kind: 'gauge', unit: 'By', pods: ['cart-1', 'cart-2', 'cart-3'] },
  { service: 'stock', name: 'queue.<img src=x onerror="window.pwned=1">', kind: 'gauge', unit: '1' },
  { service: 'stock', name: 'room.temperature', kind: 'gauge', unit: 'Cel', below: true },
];

export function metricNames(url, state) {
  const service = url.searchParams.get('service_name');
  const q = (url.searchParams.get('q') ?? '').toLowerCase();
  const all = state.empty ? [] : METRICS;
  return {
    metrics: all
      .filter((metric) => (!service || metric.service === service) && metric.name.toLowerCase().includes(q))
      .map(({ service, name, kind, unit, attributes, pods }) => ({ service, name, kind, unit, series: attributes?.length ?? pods?.length ?? 1, last_seen: new Date().toISOString() })),
    services: [...new Set(all.map((metric) => metric.service))].map((one) => ({ service: one, metrics: all.filter((metric) => metric.service === one).length })),
    truncated: false,
  };
}

export function metricSeries(url) {
  const metric = METRICS.find(({ service, name }) => service === url.searchParams.get('service_name') && name === url.searchParams.get('name'));
  if (!metric) return undefined;
  const from = url.searchParams.get('from');
  const to = url.searchParams.get('to');
  const wanted = url.searchParams.get('attribute');
  const begin = Math.floor(Date.parse(from) / 60_000) * 60_000;
  const seconds = Math.max(60, Math.ceil((Date.parse(to) - begin) / 120 / 60_000) * 60);
  const count = Math.max(1, Math.ceil((Date.parse(to) - begin) / seconds / 1000));
  const sets = (metric.attributes ?? (metric.pods ?? [undefined]).map(() => ({}))).map((attributes, i) => ({ attributes, resource: metric.pods ? { 'k8s.pod.name': metric.pods[i], 'host.name': 'node-1' } : {} }));
  const size = metric.unit === 'By' ? 200_000_000 : 20;
  return {
    service: metric.service,
    name: metric.name,
    kind: metric.kind,
    unit: metric.unit,
    rate: metric.rate ?? false,
    bucket_seconds: seconds,
    series: sets
      .map((set, s) => ({
        ...set,
        last: size,
        last_at: new Date(begin + (count - 1) * seconds * 1000).toISOString(),
        points: Array.from({ length: count }, (_, i) => {
          const value = i === 7 ? null : size * (s + 1) * (0.5 + 0.1 * Math.sin(i / 5) + (i > count * 0.6 && s === 0 ? 0.8 : 0)) - (metric.below ? 15 : 0);
          return { start: new Date(begin + i * seconds * 1000).toISOString(), value, min: metric.rate || value === null ? null : value * 0.9, max: metric.rate || value === null ? null : value * 1.1 };
        }),
      }))
      .filter(({ attributes }) => !wanted || Object.entries(attributes).some(([name, value]) => wanted === `${name}=${value}`)),
    attributes: metric.attributes ? [{ name: 'pool', values: metric.attributes.map(({ pool }) => ({ value: pool, series: 1 })), others: 0 }] : [],
    from: new Date(begin).toISOString(),
    to,
    watermark: new Date(Date.parse(to) - 60_000).toISOString(),
    truncated: metric.pods !== undefined,
  };
}
