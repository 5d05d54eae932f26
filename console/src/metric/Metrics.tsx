import { Link } from 'react-router';
import type { Metric } from '../api/metrics';
import { useMetricNames, useMetricSeries } from '../api/metrics';
import { origin } from '../base';
import { openTelemetry } from '../overview/commands';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Pick, Search } from '../ui/filters';
import { Command, Empty, Loading, Service } from '../ui/parts';
import { useRange } from '../ui/range';
import { RangePicker } from '../ui/RangePicker';
import { plain, several } from '../ui/text';
import { MetricCourse } from './MetricCourse';
import { metricLink } from './link';

/** Points are counted by the minute. */
const REFRESH_MS = 30_000;

/** What services measure: one metric of one service with all its series, chosen from a list that can be searched. */
export function Metrics() {
  const [params, change] = useAddress();
  const time = useRange('1h', REFRESH_MS);
  const service = params.get('service') ?? undefined;
  const name = params.get('name') ?? '';
  const q = params.get('q') ?? '';
  const attribute = params.get('attribute') ?? undefined;
  const names = useMetricNames(service, q);
  const { from, to } = time.range;
  const series = useMetricSeries(service ?? '', name, attribute, { from, to });
  const during: Record<string, string> = params.has('from') ? (time.range.last ? { from: time.range.last } : { from, to }) : {};
  const nothing = names.data?.services.length === 0;
  return (
    <>
      <header className="pagehead">
        <h1>Metrics</h1>
        <RangePicker time={time} watermark={series.data?.watermark} />
      </header>
      {names.error && <Failure error={names.error} />}
      {!names.data && !names.error && <Loading what="the metrics" />}
      {nothing && (
        <Empty title="Nothing is measured yet.">
          <p>A metric is here a minute after its first point. Let a service with OpenTelemetry send here:</p>
          <Command text={openTelemetry(origin())} />
        </Empty>
      )}
      {names.data && !nothing && (
        <div className="searching">
          <nav className="facets metrics" aria-label="Metrics">
            <Search label="Find a metric" placeholder="Find a metric" start={q} onSearch={(text) => change({ q: text }, { replace: true })} />
            <Pick
              label="Service"
              values={names.data.services.map((one) => ({ value: one.service, count: one.metrics }))}
              chosen={service}
              onChoose={(value) => change({ service: value, name: undefined, attribute: undefined, at: undefined })}
            />
            <Names metrics={names.data.metrics} chosen={name === '' ? undefined : `${service ?? ''} ${name}`} during={{ ...during, ...(q ? { q } : {}) }} />
            {names.data.truncated && <p className="faint">There are more than are listed: search, or choose a service.</p>}
          </nav>
          <div className="stack">
            {name === '' && <p className="note">Choose a metric to see how it went.</p>}
            {series.error && <Failure error={series.error} />}
            {name !== '' && series.data === undefined && !series.error && <Loading what="the metric" />}
            {series.data === null && (
              <Empty title="Nothing was measured since this time began.">
                <p>
                  Look at a longer time.{' '}
                  {time.range.last !== '7d' && (
                    <button type="button" onClick={() => time.choose('7d')}>
                      Look at the last 7 d
                    </button>
                  )}
                </p>
              </Empty>
            )}
            {series.data && <MetricCourse key={`${series.data.service} ${series.data.name}`} metric={series.data} onZoom={(from, to) => time.choose(from, to)} />}
          </div>
        </div>
      )}
    </>
  );
}

function Names({ metrics, chosen, during }: { metrics: Metric[]; chosen: string | undefined; during: Record<string, string> }) {
  if (metrics.length === 0) return <p className="faint">No metric has such a name.</p>;
  const services = new Map<string, Metric[]>();
  for (const metric of metrics) services.set(metric.service, [...(services.get(metric.service) ?? []), metric]);
  return [...services].map(([service, its]) => (
    <section key={service}>
      <h2>
        <Service name={plain(service)} />
      </h2>
      <ul>
        {its.map((metric) => (
          <li key={metric.name}>
            <Link to={metricLink(service, metric.name, during)} aria-current={chosen === `${service} ${metric.name}` ? 'page' : undefined} title={`${metric.kind}, ${several(metric.series, 'set')} of attributes`}>
              {plain(metric.name)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ));
}
