import { Link } from 'react-router';
import type { Edge, ServiceDetail } from '../api/services';
import { useService } from '../api/services';
import { HistogramChart } from '../search/HistogramChart';
import { term } from '../search/query';
import { Failure } from '../ui/Failure';
import { Ago, Empty, Loading, Panel, Service, SeverityBadge } from '../ui/parts';
import { useRange } from '../ui/range';
import { RangePicker } from '../ui/RangePicker';
import { Rest, useFirst } from '../ui/Rest';
import { percent, perSecond, plain, whole } from '../ui/text';
import { duration, took } from '../ui/time';
import { metricLink } from '../metric/link';
import { serviceLink } from './link';
import { HealthMark } from './parts';
import { TimeChart } from './TimeChart';

const REFRESH_MS = 30_000;
const OPERATIONS = 20;

/** One service: rate, errors and durations over time, its operations, neighbours, logs, changes and incidents. */
export function ServicePage({ name }: { name: string }) {
  const time = useRange('1h', REFRESH_MS);
  const { from, to } = time.range;
  const service = useService(name, { from, to });
  const q = term('service', name);
  const during: Record<string, string> = time.range.last ? { from: time.range.last } : { from, to };
  return (
    <>
      <header className="pagehead">
        <div>
          <p className="crumbs">
            <Link to={`/services?${new URLSearchParams(during)}`}>Services</Link>
          </p>
          <h1>
            <Service name={plain(name)} />
          </h1>
        </div>
        <RangePicker time={time} watermark={service.data?.watermark} />
      </header>
      {service.error && <Failure error={service.error} />}
      {!service.data && !service.error && service.data !== null && <Loading what="the service" />}
      {service.data === null && (
        <Empty title="Nothing is kept of this service.">
          <p>Its name may be mistyped, or what it sent is older than what is kept.</p>
        </Empty>
      )}
      {service.data && (
        <>
          <p className="tags figures">
            <HealthMark {...service.data} incidents={service.data.open_incidents.length} />
            <span>
              <b>{perSecond(service.data.rate_per_second)}</b> calls
            </span>
            <span className={service.data.errors > 0 ? 'bad' : ''}>{percent(service.data.error_rate)} fail</span>
            <span>
              p50 {took(service.data.p50_ms)}, p95 {took(service.data.p95_ms)}, p99 {took(service.data.p99_ms)}
            </span>
            <span>
              {whole(service.data.log_count)} logs{service.data.error_logs > 0 && <b className="bad">, {whole(service.data.error_logs)} of them errors</b>}
            </span>
            {service.data.last_seen && (
              <span>
                last seen <Ago at={service.data.last_seen} />
              </span>
            )}
            <Link to={`/logs?${new URLSearchParams({ q, ...during })}`}>Its logs</Link>
            <Link to={`/spans?${new URLSearchParams({ q, ...during })}`}>Its spans</Link>
            <Link to={metricLink(name, undefined, during)}>Its metrics</Link>
            <Link to={`/services?${new URLSearchParams({ view: 'map', around: name, ...during })}`}>On the map</Link>
          </p>
          <Incidents detail={service.data} />
          <Charts detail={service.data} onZoom={(from, to) => time.choose(from, to)} />
          <div className="columns">
            <div className="stack">
              <Operations detail={service.data} during={during} />
            </div>
            <div className="stack">
              <Neighbours title="Called by" during={during} edges={service.data.callers} other={(edge) => edge.caller} />
              <Neighbours title="Calls" during={during} edges={service.data.callees} other={(edge) => edge.callee} />
              <Changes detail={service.data} />
            </div>
          </div>
        </>
      )}
    </>
  );
}

function Incidents({ detail }: { detail: ServiceDetail }) {
  if (detail.open_incidents.length === 0) return null;
  return (
    <ul className="open-incidents">
      {detail.open_incidents.map((incident) => (
        <li key={incident.id} className={`sev-${incident.severity}`}>
          <SeverityBadge severity={incident.severity} /> <Link to={`/incidents/${encodeURIComponent(incident.id)}`}>{plain(incident.title)}</Link>
        </li>
      ))}
    </ul>
  );
}

function Charts({ detail, onZoom }: { detail: ServiceDetail; onZoom: (from: string, to: string) => void }) {
  const { series } = detail;
  const seconds = detail.bucket_seconds;
  const common = { starts: series.map((bucket) => bucket.start), bucketSeconds: seconds, marks: detail.changes, onZoom };
  return (
    <>
      <div className="charts">
        <TimeChart title="Rate" {...common} lines={[{ name: 'calls', tone: 'plain', values: series.map((bucket) => bucket.calls / seconds) }]} text={perSecond} />
        <TimeChart title="Errors" {...common} lines={[{ name: 'failed', tone: 'bad', values: series.map((bucket) => (bucket.calls === 0 ? null : bucket.errors / bucket.calls)) }]} text={percent} />
        <TimeChart
          title="Duration"
          {...common}
          lines={[
            { name: 'p50', tone: 'low', values: series.map((bucket) => bucket.p50_ms) },
            { name: 'p95', tone: 'plain', values: series.map((bucket) => bucket.p95_ms) },
            { name: 'p99', tone: 'high', values: series.map((bucket) => bucket.p99_ms) },
          ]}
          text={duration}
        />
      </div>
      {detail.logs.length > 0 && (
        <div className="servicelogs">
          <Panel title="Logs">
            <HistogramChart histogram={logsOf(detail)} what="logs" onZoom={onZoom} />
          </Panel>
        </div>
      )}
    </>
  );
}

/** The answer leaves buckets without logs out; a picture of time has them. */
function logsOf(detail: ServiceDetail) {
  const counts = new Map(detail.logs.map((bucket) => [Date.parse(bucket.start), bucket.counts]));
  return {
    bucket_seconds: detail.bucket_seconds,
    complete: true,
    buckets: detail.series.map(({ start }) => {
      const series = counts.get(Date.parse(start)) ?? {};
      return { start, series, count: Object.values(series).reduce((sum, count) => sum + count, 0) };
    }),
  };
}

function Operations({ detail, during }: { detail: ServiceDetail; during: Record<string, string> }) {
  const [shown, rest] = useFirst(detail.operations, OPERATIONS);
  return (
    <Panel title={`Operations (${whole(detail.operations.length)}${detail.truncated ? ' or more' : ''})`}>
      <div className="scroll" tabIndex={0} role="group" aria-label="Operations">
        <table className="figures-table">
          <thead>
            <tr>
              <th scope="col">Operation</th>
              <th scope="col">Calls</th>
              <th scope="col">Errors</th>
              <th scope="col">p50</th>
              <th scope="col">p95</th>
              <th scope="col">p99</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={`${one.operation} ${one.kind}`}>
                <th scope="row">
                  <Link to={`/spans?${new URLSearchParams({ q: `${term('service', detail.service)} ${term('name', one.operation)}`, ...during })}`}>{plain(one.operation)}</Link> <span className="kind">{one.kind}</span>
                </th>
                <td>{whole(one.calls)}</td>
                <td className={one.errors > 0 ? 'bad' : ''}>{percent(one.error_rate)}</td>
                <td>{took(one.p50_ms)}</td>
                <td>{took(one.p95_ms)}</td>
                <td>{took(one.p99_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Rest {...rest} what="operations" />
    </Panel>
  );
}

function Neighbours({ title, during, edges, other }: { title: string; during: Record<string, string>; edges: Edge[]; other: (edge: Edge) => string }) {
  if (edges.length === 0) return null;
  return (
    <Panel title={`${title} (${whole(edges.length)})`}>
      <ul className="affected">
        {edges.map((edge) => (
          <li key={other(edge)} className="line">
            <Link to={serviceLink(other(edge), during)}>
              <Service name={other(edge)} />
            </Link>
            <span className="faint">
              {whole(edge.calls)} calls, <span className={edge.errors > 0 ? 'bad' : ''}>{percent(edge.error_rate)} fail</span>, p95 {took(edge.p95_ms)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Changes({ detail }: { detail: ServiceDetail }) {
  if (detail.changes.length === 0) return null;
  return (
    <Panel title="Changes">
      <ul className="affected">
        {detail.changes.map((change) => (
          <li key={change.at + change.title} className="line">
            <span>
              <span className="kind">{change.kind}</span> {plain(change.title)}
            </span>
            <Ago at={change.at} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
