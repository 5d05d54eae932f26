import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { MetricSeries, Series } from '../api/metrics';
import { term } from '../search/query';
import { serviceLink } from '../service/link';
import { TimeChart } from '../service/TimeChart';
import { useAddress } from '../ui/address';
import { Pick } from '../ui/filters';
import { Empty, Service } from '../ui/parts';
import { plain } from '../ui/text';
import { brief, fully, needsDay } from '../ui/time';
import { amountText } from './amount';
import { labelsOf } from './labels';

interface Props {
  metric: MetricSeries;
  onZoom: (from: string, to: string) => void;
}

/** How a metric went, a line for each of its series, and what else its service did at a moment of it. */
export function MetricCourse({ metric, onZoom }: Props) {
  const [params, change] = useAddress();
  const [pointed, setPointed] = useState<number | null>(null);
  const [marked, setMarked] = useState<string>();
  const labels = useMemo(() => labelsOf(metric.series), [metric.series]);
  const starts = metric.series[0]?.points.map(({ start }) => start) ?? [];
  const at = params.get('at');
  const chosen = at === null ? -1 : starts.findIndex((start) => Date.parse(start) + metric.bucket_seconds * 1000 > Date.parse(at) && Date.parse(start) <= Date.parse(at));
  const shown = pointed ?? (chosen >= 0 ? chosen : null);
  const day = needsDay(metric.from, metric.to);
  const text = (value: number | null | undefined) => amountText(value, metric.unit, metric.rate);
  const [asked, answer] = split(params.get('attribute'));
  return (
    <>
      <div>
        <h2 className="metricname mono">{plain(metric.name)}</h2>
        <p className="tags">
          <Link to={serviceLink(metric.service)}>
            <Service name={plain(metric.service)} />
          </Link>
          <span className="faint">
            {metric.kind.replaceAll('_', ' ')}
            {metric.unit && metric.unit !== '1' && `, in ${plain(metric.unit.replace(/[{}]/g, ''))}`}
            {metric.rate && ', shown per second'}
            {/histogram|summary/.test(metric.kind) && ', shown as means'}
          </span>
        </p>
      </div>
      {metric.attributes.length > 0 && (
        <div className="filters">
          {metric.attributes.map(({ name, values }) => (
            <Pick
              key={name}
              label={name}
              values={values.map(({ value, series }) => ({ value, count: series }))}
              chosen={asked === name ? answer : undefined}
              onChoose={(value) => change({ attribute: value === undefined ? undefined : `${name}=${value}` })}
            />
          ))}
        </div>
      )}
      {metric.series.length === 0 ? (
        <Empty title="Nothing was measured in this time." />
      ) : (
        <>
          <TimeChart
            title={metric.rate ? 'Per second' : 'Value'}
            starts={starts}
            bucketSeconds={metric.bucket_seconds}
            lines={metric.series.map((series, index) => ({ name: labels[index]!, tone: `hue hue-${index % 10}`, values: series.points.map(({ value }) => value) }))}
            text={text}
            legend={false}
            marked={marked}
            chosen={chosen}
            onZoom={onZoom}
            onPoint={setPointed}
            onPick={(index) => change({ at: index === chosen ? undefined : starts[index] })}
          />
          {chosen >= 0 && <Then service={metric.service} from={starts[chosen]!} seconds={metric.bucket_seconds} onZoom={onZoom} onClose={() => change({ at: undefined })} />}
          <div className="panel scroll" tabIndex={0} role="group" aria-label="Series">
            <table className="figures-table">
              <thead>
                <tr>
                  <th scope="col">Series</th>
                  <th scope="col">{shown === null ? 'Last' : brief(starts[shown]!, day)}</th>
                  <th scope="col">Mean</th>
                  <th scope="col">Least</th>
                  <th scope="col">Most</th>
                  <th scope="col" title="As it was sent">
                    Sent last
                  </th>
                </tr>
              </thead>
              <tbody>
                {metric.series.map((series, index) => (
                  <Row
                    key={labels[index]! + index}
                    series={series}
                    hue={index % 10}
                    label={labels[index]!}
                    at={shown}
                    text={text}
                    sent={amountText(series.last, metric.unit)}
                    onMark={(on) => setMarked(on ? labels[index] : undefined)}
                  />
                ))}
              </tbody>
            </table>
            {metric.truncated && <p className="note">There are more series than are shown; these have the most points. An attribute narrows them, and in a shorter time more are looked at.</p>}
          </div>
        </>
      )}
    </>
  );
}

interface RowProps {
  series: Series;
  hue: number;
  label: string;
  /** Which point is told; the last one where none is chosen. */
  at: number | null;
  text: (value: number | null | undefined) => string;
  sent: string;
  onMark: (on: boolean) => void;
}

function Row({ series, hue, label, at, text, sent, onMark }: RowProps) {
  const known = series.points.flatMap(({ value }) => (value === null ? [] : [value]));
  const low = series.points.flatMap(({ min, value }) => (value === null ? [] : [min ?? value]));
  const high = series.points.flatMap(({ max, value }) => (value === null ? [] : [max ?? value]));
  return (
    <tr onPointerEnter={() => onMark(true)} onPointerLeave={() => onMark(false)}>
      <th scope="row">
        <i className={`dot hue-${hue}`} aria-hidden /> {label}
      </th>
      <td>{text(at === null ? known.at(-1) : series.points[at]?.value)}</td>
      <td>{known.length > 0 ? text(known.reduce((sum, value) => sum + value, 0) / known.length) : '–'}</td>
      <td>{low.length > 0 ? text(Math.min(...low)) : '–'}</td>
      <td>{high.length > 0 ? text(Math.max(...high)) : '–'}</td>
      <td title={fully(series.last_at)}>{sent}</td>
    </tr>
  );
}

/** What else the service did while a point was measured. */
function Then({ service, from, seconds, onZoom, onClose }: { service: string; from: string; seconds: number; onZoom: Props['onZoom']; onClose: () => void }) {
  const to = new Date(Date.parse(from) + seconds * 1000).toISOString();
  const during = new URLSearchParams({ q: term('service', service), from, to });
  return (
    <p className="tags then" role="status">
      <b>
        {brief(from, needsDay(from, to))} – {brief(to, needsDay(from, to))}
      </b>
      <Link to={`/logs?${during}`}>Logs of this time</Link>
      <Link to={`/spans?${during}`}>Spans of this time</Link>
      <Link to={`/services?${new URLSearchParams({ service, from, to })}`}>The service at this time</Link>
      <button type="button" onClick={() => onZoom(new Date(Date.parse(from) - seconds * 5_000).toISOString(), new Date(Date.parse(to) + seconds * 5_000).toISOString())}>
        Zoom in
      </button>
      <button type="button" className="quiet" aria-label="Choose no moment" onClick={onClose}>
        ×
      </button>
    </p>
  );
}

function split(attribute: string | null): [string?, string?] {
  const sign = attribute?.indexOf('=') ?? -1;
  return sign < 1 ? [] : [attribute!.slice(0, sign), attribute!.slice(sign + 1)];
}
