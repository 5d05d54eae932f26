import type { Incident } from '../api/types';
import { quoted } from '../search/query';
import { around } from '../ui/range';

const BEFORE_MS = 300_000;
/** More make no readable question. */
const SERVICES = 5;

/** The time of an incident with some minutes before and after it, so that the difference is seen. */
export function duringOf({ first_seen, last_seen, detected_at }: Pick<Incident, 'first_seen' | 'last_seen' | 'detected_at'>): { from: string; to: string } {
  return { from: around(first_seen ?? detected_at, BEFORE_MS).from, to: around(last_seen ?? detected_at, BEFORE_MS).to };
}

/** Finds what the affected services sent; everything where there are many. */
export function affectedQuery({ affected_services: services }: Pick<Incident, 'affected_services'>): string {
  if (services.length === 0 || services.length > SERVICES) return '';
  return services.length === 1 ? `service:${quoted(services[0]!)}` : `service:(${services.map(quoted).join(' OR ')})`;
}
