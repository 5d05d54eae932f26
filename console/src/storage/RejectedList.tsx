import { useState } from 'react';
import { Link } from 'react-router';
import { useRejected } from '../api/services';
import type { Rejected } from '../api/services';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Choice, oneOf, Search } from '../ui/filters';
import { Empty, Loading, Service } from '../ui/parts';
import { pageOf, Pages } from '../ui/Pages';
import { useRange } from '../ui/range';
import { RangePicker } from '../ui/RangePicker';
import { plain, totalOf } from '../ui/text';
import { clock, fully } from '../ui/time';
import { REASONS } from './ingest';

const SIZE = 50;
/** The API pages no farther by offset. */
const FARTHEST = 100_000;
const TYPES = ['log', 'trace', 'metric', 'run', 'unknown'] as const;

/** Records that were not stored, newest first, with what is wrong with each. */
export function RejectedList() {
  const [params, change] = useAddress();
  const time = useRange('24h');
  const page = pageOf(params.get('page'));
  const reason = oneOf(Object.keys(REASONS), params.get('reason'));
  const type = oneOf(TYPES, params.get('type'));
  const service = params.get('service') ?? undefined;
  const rejected = useRejected({ reason, type, service, from: time.range.from, to: time.range.to }, { limit: SIZE, offset: Math.min(FARTHEST, (page - 1) * SIZE) });
  const filtered = reason !== undefined || type !== undefined || service !== undefined;
  return (
    <>
      <header className="pagehead">
        <div>
          <p className="crumbs">
            <Link to="/storage">Storage and ingest health</Link>
          </p>
          <h1>Rejected records</h1>
        </div>
        <RangePicker time={time} />
      </header>
      <div className="filters">
        <Choice label="Reason" options={Object.keys(REASONS)} chosen={reason} onChoose={(value) => change({ reason: value, page: undefined })} />
        <Choice label="Type" options={TYPES} names={(one) => (one === 'trace' ? 'span' : one)} chosen={type} onChoose={(value) => change({ type: value, page: undefined })} />
        <Search label="Service" placeholder="Service" start={service ?? ''} onSearch={(value) => change({ service: value || undefined, page: undefined })} />
      </div>
      {rejected.error && <Failure error={rejected.error} />}
      {!rejected.data && !rejected.error && <Loading what="the rejected records" />}
      {rejected.data?.items.length === 0 && (
        <Empty title={filtered ? 'No rejected record matches.' : 'Nothing was rejected in this time.'}>
          <p>{filtered ? 'Loosen the filter above to see more.' : 'Whatever is refused later is kept here for seven days, with what is wrong with it.'}</p>
        </Empty>
      )}
      {rejected.data && rejected.data.items.length > 0 && (
        <>
          <p className="figures faint">
            {totalOf(rejected.data)} {rejected.data.total === 1 ? 'record' : 'records'}; of many alike only samples are kept.
          </p>
          <ul className="rows panel rejected">
            {rejected.data.items.map((record, index) => (
              <Row key={`${record.received_at} ${index}`} record={record} />
            ))}
          </ul>
          <Pages page={page} size={SIZE} total={Math.min(rejected.data.total, FARTHEST)} onGo={(next) => change({ page: next === 1 ? undefined : String(next) })} />
        </>
      )}
    </>
  );
}

function Row({ record }: { record: Rejected }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className="line">
        <span className="tags">
          <time dateTime={record.received_at} title={fully(record.received_at)}>
            {clock(record.received_at)}
          </time>
          <b>{record.reason}</b>
          <span className="kind">
            {record.signal_type} · {record.transport}
          </span>
          {record.service_name && <Service name={record.service_name} />}
        </span>
        {record.excerpt !== null && (
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'What was sent'}
          </button>
        )}
      </div>
      <p>{plain(record.message)}</p>
      {record.signal_id && <p className="faint mono">{plain(record.signal_id)}</p>}
      {open && record.excerpt !== null && (
        <div className="json">
          <pre tabIndex={0} aria-label="What was sent">
            {plain(record.excerpt)}
          </pre>
        </div>
      )}
    </li>
  );
}
