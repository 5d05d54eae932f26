// Signals for tests.
import type { Signal } from '../api/types';

export const BASE = Date.parse('2026-01-01T00:00:00Z');

interface More {
  status?: string;
  service?: string;
  kind?: string;
  name?: string;
}

export function span(id: string, parent: string | null, start: number, took: number, { status = 'OK', service = `service-${id}`, kind, name = `op ${id}` }: More = {}): Signal {
  return {
    id: `signal-${id}`,
    signal_type: 'trace',
    trace_id: 't',
    service_name: service,
    timestamp: new Date(BASE + start).toISOString(),
    payload: { span_id: id, parent_span_id: parent, name, duration_ms: took, status, kind },
  };
}

export function log(spanId: string | undefined, at: string): Signal {
  return {
    id: `log-${at}`,
    signal_type: 'log',
    trace_id: 't',
    service_name: 's',
    timestamp: at,
    payload: { span_id: spanId, level: 'INFO', message: 'm' },
  };
}
