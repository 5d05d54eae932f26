import { Link } from 'react-router';
import type { IngestHealth, Storage } from '../api/services';
import { useIngestHealth, useStorage } from '../api/services';
import { serviceLink } from '../service/link';
import { Failure } from '../ui/Failure';
import { Ago, Empty, Loading, Panel, Service } from '../ui/parts';
import type { ChosenRange } from '../ui/range';
import { useRange } from '../ui/range';
import { RangePicker } from '../ui/RangePicker';
import { Rest, useFirst } from '../ui/Rest';
import { bytes, percent, plain, whole } from '../ui/text';
import { lagOf, REASONS } from './ingest';

const SERVICES = 20;
const TABLES = 12;
const REFRESH_MS = 30_000;

/** What comes in and how that goes, and what keeping it takes. */
export function StoragePage() {
  const time = useRange('1h', REFRESH_MS);
  const health = useIngestHealth({ from: time.range.from, to: time.range.to });
  const storage = useStorage();
  return (
    <>
      <header className="pagehead">
        <h1>Storage and ingest health</h1>
        <RangePicker time={time} watermark={health.data?.watermark} />
      </header>
      {health.error && !health.data && <Failure error={health.error} />}
      {health.data && <Health health={health.data} time={time} />}
      {storage.error && !storage.data && <Failure error={storage.error} />}
      {!storage.data && !storage.error && <Loading what="the sizes" />}
      {storage.data && <Sizes storage={storage.data} />}
    </>
  );
}

function Health({ health, time }: { health: IngestHealth; time: ChosenRange }) {
  const rejected = health.rejected.reduce((sum, { count }) => sum + count, 0);
  const lag = lagOf(health.lag_seconds);
  const during: Record<string, string> = time.range.last ? { from: time.range.last } : { from: time.range.from, to: time.range.to };
  return (
    <Panel title="What came in">
      <dl className="bigs">
        <Big name="accepted" value={whole(health.accepted)}>
          {health.logs !== undefined && `${whole(health.logs)} logs, ${whole(health.spans ?? 0)} spans, ${whole(health.points ?? 0)} metric points`}
        </Big>
        <Big name="rejected" value={whole(rejected)} bad={rejected > 0}>
          {rejected > 0 ? <Link to={`/rejected?${new URLSearchParams(during)}`}>Look at what was kept of them</Link> : 'nothing'}
        </Big>
        <Big name="counting lags" value={lag.value} bad={lag.late}>
          {lag.words}
        </Big>
      </dl>
      {health.rejected.length > 0 && (
        <table className="figures-table">
          <thead>
            <tr>
              <th scope="col">Rejected because</th>
              <th scope="col">Records</th>
            </tr>
          </thead>
          <tbody>
            {health.rejected.map(({ reason, count }) => (
              <tr key={reason}>
                <th scope="row">
                  <Link to={`/rejected?${new URLSearchParams({ reason, ...during })}`}>{plain(reason)}</Link> <span className="faint">{REASONS[reason]}</span>
                </th>
                <td>{whole(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="outcome faint">
        Rejected records are samples that are kept for seven days; <code>whence_ingest_signals_total</code> of <code>/metrics</code> counts all of them, and duplicates.
      </p>
    </Panel>
  );
}

function Sizes({ storage }: { storage: Storage }) {
  const [services, rest] = useFirst(storage.services, SERVICES);
  const [tables, otherTables] = useFirst(
    storage.tables.toSorted((a, b) => b.bytes - a.bytes),
    TABLES,
  );
  if (storage.total_bytes === 0) {
    return (
      <Empty title="Nothing is stored yet.">
        <p>
          What to send is told on the <Link to="/">first page</Link>.
        </p>
      </Empty>
    );
  }
  return (
    <div className="stack sizes">
      <Panel
        title="What is stored"
        aside={
          <span className="faint">
            looked at <Ago at={storage.as_of} />
          </span>
        }
      >
        <dl className="bigs">
          <Big name="in all" value={bytes(storage.total_bytes)} />
          {storage.forecast && (
            <Big name={`in ${whole(storage.forecast.days)} days`} value={bytes(storage.forecast.bytes)}>
              if as much goes on coming, within what retention keeps
            </Big>
          )}
          <Big name="closed segments" value={whole(storage.segments.count)}>
            {storage.segments.signals !== undefined && storage.segments.signals > 0 && `${whole(storage.segments.signals)} signals in ${bytes(storage.segments.bytes)}`}
          </Big>
        </dl>
        <table className="figures-table">
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">Signals</th>
              <th scope="col">Size</th>
              <th scope="col">Of all</th>
              <th scope="col">For each</th>
            </tr>
          </thead>
          <tbody>
            {storage.kinds.map((kind) => (
              <tr key={kind.kind}>
                <th scope="row">{plain(kind.kind)}</th>
                <td>{kind.signals === null ? '–' : whole(kind.signals)}</td>
                <td>{bytes(kind.bytes)}</td>
                <td>
                  <meter min={0} max={1} value={kind.bytes / storage.total_bytes} aria-hidden /> {percent(kind.bytes / storage.total_bytes)}
                </td>
                <td>{bytes(kind.bytes_per_signal)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <div className="columns">
        <Panel title="What each service takes">
          <div className="scroll" tabIndex={0} role="group" aria-label="What each service takes">
            <table className="figures-table">
              <thead>
                <tr>
                  <th scope="col">Service</th>
                  <th scope="col">Signals a day</th>
                  <th scope="col">Size a day</th>
                  <th scope="col">In {storage.forecast ? `${whole(storage.forecast.days)} days` : 'time'}</th>
                </tr>
              </thead>
              <tbody>
                {services.map((one) => (
                  <tr key={one.service}>
                    <th scope="row">
                      <Link to={serviceLink(one.service)}>
                        <Service name={one.service} />
                      </Link>
                    </th>
                    <td>{whole(one.signals_per_day)}</td>
                    <td>{bytes(one.bytes_per_day)}</td>
                    <td>{bytes(one.forecast_bytes)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Rest {...rest} what="services" />
          {storage.truncated && <p className="note">There are more services than are listed; these take the most.</p>}
        </Panel>
        <Panel title="Tables">
          <div className="scroll" tabIndex={0} role="group" aria-label="Tables">
            <table className="figures-table">
              <thead>
                <tr>
                  <th scope="col">Table</th>
                  <th scope="col">Rows</th>
                  <th scope="col">Size</th>
                  <th scope="col">A row</th>
                </tr>
              </thead>
              <tbody>
                {tables.map((table) => (
                  <tr key={table.table}>
                    <th scope="row">
                      {plain(table.table)} <span className="kind">{table.kind}</span>
                    </th>
                    <td>
                      {table.rows_estimated !== false && table.rows > 0 && '≈ '}
                      {whole(table.rows)}
                    </td>
                    <td>{bytes(table.bytes)}</td>
                    <td>{bytes(table.bytes_per_row)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Rest {...otherTables} what="tables" />
        </Panel>
      </div>
    </div>
  );
}

function Big({ name, value, bad, children }: { name: string; value: string; bad?: boolean; children?: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b className={bad ? 'bad' : ''}>{value}</b>
        {children && <span className="faint">{children}</span>}
      </dd>
    </div>
  );
}
