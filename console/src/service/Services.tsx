import { Link } from 'react-router';
import { useIncidents } from '../api/queries';
import type { ServiceFigures } from '../api/services';
import { useServiceMap, useServices } from '../api/services';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Choice, oneOf } from '../ui/filters';
import { Ago, Command, Empty, Loading, Service } from '../ui/parts';
import { timeOf, useRange } from '../ui/range';
import { RangePicker } from '../ui/RangePicker';
import { percent, perSecond, whole } from '../ui/text';
import { took } from '../ui/time';
import { origin } from '../base';
import { openTelemetry } from '../overview/commands';
import { serviceLink } from './link';
import { HealthMark } from './parts';
import { ServiceMapView } from './ServiceMapView';
import { ServicePage } from './ServicePage';

/** Of those that are open; more are a bad night in any case. */
const MOST_INCIDENTS = 200;
const VIEWS = ['list', 'map'] as const;
/** Figures are counted by the minute. */
const REFRESH_MS = 30_000;

/** The services, as a list or as a map, or one of them. */
export function Services() {
  const [params] = useAddress();
  const service = params.get('service');
  return service === null ? <All /> : <ServicePage key={service} name={service} />;
}

function All() {
  const [params, change] = useAddress();
  const time = useRange('1h', REFRESH_MS);
  const view = oneOf(VIEWS, params.get('view')) ?? 'list';
  const period = { from: time.range.from, to: time.range.to };
  const services = useServices(period, view === 'list');
  const map = useServiceMap(period, view === 'map');
  return (
    <>
      <header className="pagehead">
        <h1>Services</h1>
        <RangePicker time={time} watermark={(view === 'map' ? map : services).data?.watermark} />
      </header>
      <div className="filters">
        <Choice label="View" options={VIEWS} none={false} chosen={view} onChoose={(value) => change({ view: value === 'list' ? undefined : value })} />
      </div>
      {view === 'map' && <ServiceMapView map={map} />}
      {view === 'list' && services.error && <Failure error={services.error} />}
      {view === 'list' && !services.data && !services.error && <Loading what="the services" />}
      {view === 'list' && services.data && <List services={services.data.services} truncated={services.data.truncated ?? false} />}
    </>
  );
}

const COLUMNS: { key: string; name: string; of: (service: ServiceFigures) => number | string; text?: boolean }[] = [
  { key: 'service', name: 'Service', of: (one) => one.service, text: true },
  { key: 'rate', name: 'Calls', of: (one) => one.rate_per_second },
  { key: 'errors', name: 'Errors', of: (one) => one.error_rate },
  { key: 'p50', name: 'p50', of: (one) => one.p50_ms ?? -1 },
  { key: 'p95', name: 'p95', of: (one) => one.p95_ms ?? -1 },
  { key: 'p99', name: 'p99', of: (one) => one.p99_ms ?? -1 },
  { key: 'logs', name: 'Logs', of: (one) => one.logs },
  { key: 'seen', name: 'Last seen', of: (one) => one.last_seen ?? '' },
];

function List({ services, truncated }: { services: ServiceFigures[]; truncated: boolean }) {
  const [params, change] = useAddress();
  const affected = useAffected();
  const [key, way] = (params.get('sort') ?? '').split('-');
  const column = COLUMNS.find((one) => one.key === key);
  const sorted = column ? services.toSorted((a, b) => compare(column.of(a), column.of(b)) * (way === 'up' ? 1 : -1)) : services;
  if (services.length === 0) {
    return (
      <Empty title="No service was heard of in this time.">
        <p>Look at a longer time, or let a service with OpenTelemetry send here:</p>
        <Command text={openTelemetry(origin())} />
      </Empty>
    );
  }
  return (
    <div className="panel scroll" tabIndex={0} role="group" aria-label="Services">
      <table className="figures-table">
        <thead>
          <tr>
            {COLUMNS.map((one) => {
              const here = column === one;
              const up = here && way === 'up';
              return (
                <th key={one.key} scope="col" aria-sort={here ? (up ? 'ascending' : 'descending') : undefined}>
                  <button type="button" onClick={() => change({ sort: `${one.key}-${(here ? up : !one.text) ? 'down' : 'up'}` }, { replace: true })}>
                    {one.name}
                    {here && (up ? ' ▴' : ' ▾')}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((one) => (
            <tr key={one.service}>
              <th scope="row">
                <Link to={serviceLink(one.service, timeOf(params))}>
                  <Service name={one.service} />
                </Link>{' '}
                <HealthMark {...one} incidents={affected.get(one.service) ?? 0} />
              </th>
              <td title={`${whole(one.calls)} calls`}>{perSecond(one.rate_per_second)}</td>
              <td className={one.errors > 0 ? 'bad' : ''}>{percent(one.error_rate)}</td>
              <td>{took(one.p50_ms)}</td>
              <td>{took(one.p95_ms)}</td>
              <td>{took(one.p99_ms)}</td>
              <td>
                {whole(one.logs)}
                {one.error_logs > 0 && <span className="bad"> {whole(one.error_logs)} errors</span>}
              </td>
              <td>{one.last_seen ? <Ago at={one.last_seen} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {truncated && <p className="note">There are more services than are listed; these have the most calls.</p>}
    </div>
  );
}

/** How many open incidents there are that affect a service. */
function useAffected(): Map<string, number> {
  const { data } = useIncidents({ state: 'open' }, { limit: MOST_INCIDENTS, offset: 0 });
  const counts = new Map<string, number>();
  for (const service of data?.items.flatMap((incident) => incident.affected_services) ?? []) counts.set(service, (counts.get(service) ?? 0) + 1);
  return counts;
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b)) : a - b;
}
