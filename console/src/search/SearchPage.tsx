import { useCallback, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { Kind, Question } from '../api/search';
import { useAround, useHistogram, useSearch, useSearchFacets } from '../api/search';
import type { Signal } from '../api/types';
import { origin } from '../base';
import { oneLog, openTelemetry } from '../overview/commands';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Choice, oneOf } from '../ui/filters';
import { Command, Empty, Loading, Panel } from '../ui/parts';
import { timeOf, useRange } from '../ui/range';
import { RangePicker } from '../ui/RangePicker';
import { several, whole } from '../ui/text';
import { ColumnPicker } from './ColumnPicker';
import { addressOf, attributesOf, columnsOf } from './columns';
import { ComparisonTable } from './ComparisonTable';
import { freshText, missingText } from './completeness';
import { FacetBar } from './FacetBar';
import { HistogramChart } from './HistogramChart';
import { Patterns } from './Patterns';
import { QueryBox } from './QueryBox';
import { ResultList } from './ResultList';
import type { Tab } from './RowPanel';
import { RowPanel, TABS } from './RowPanel';
import { SavedSearches } from './SavedSearches';
import { useTail } from './tail';

const BUCKETS = 60;
/** Signals whose attributes are offered as columns. */
const SAMPLED = 200;
const VIEWS = { logs: ['list', 'patterns', 'live'], spans: ['list', 'comparison', 'live'] } as const;

/** Searches logs or spans. Everything that was chosen stands in the address. */
export function SearchPage({ kind }: { kind: Kind }) {
  const [params, change] = useAddress();
  const time = useRange();
  const q = params.get('q') ?? '';
  const view = oneOf<string>(VIEWS[kind], params.get('tab')) ?? 'list';
  const { from, to } = time.range;
  const question = useMemo<Question>(() => ({ kind, q, from, to }), [kind, q, from, to]);
  const live = view === 'live';

  const search = useSearch(question, view === 'list');
  const histogram = useHistogram(question, BUCKETS, !live);
  // Also while new ones come in: they say what there is to choose, and whether the question can be understood.
  const facets = useSearchFacets(question);
  const tail = useTail(kind, q, live && params.get('paused') === null);
  const found = useMemo(() => search.data?.pages.flatMap((page) => page.items) ?? [], [search.data]);
  const items = live ? tail.items : found;
  const cols = params.get('cols');
  const columns = useMemo(() => (cols === null ? undefined : columnsOf(kind, cols)), [kind, cols]);
  const seen = useMemo(() => [...new Set([...(facets.data?.facets.map(({ field }) => field) ?? []), ...attributesOf(items.slice(0, SAMPLED))])], [facets.data, items]);
  const last = search.data?.pages.at(-1);

  const ask = (next: string) => change({ q: next, open: undefined, at: undefined, tab: view === 'list' ? undefined : params.get('tab') ?? undefined });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = search;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const open = params.get('open') ?? undefined;
  const error = search.error ?? (view === 'list' ? null : (histogram.error ?? facets.error));
  const choose = (signal: Signal) => change({ open: signal.id, at: signal.timestamp });
  return (
    <>
      <header className="pagehead">
        <h1>
          {kind === 'logs' ? 'Logs' : 'Spans'}{' '}
          <Link className="other" to={{ pathname: kind === 'logs' ? '/spans' : '/logs', search: String(new URLSearchParams(timeOf(params))) }}>
            {kind === 'logs' ? 'Spans' : 'Logs'}
          </Link>
        </h1>
        <RangePicker time={time} watermark={search.data?.pages[0]?.watermark ?? histogram.data?.watermark} />
      </header>
      <QueryBox kind={kind} q={q} error={error} onAsk={ask} />
      {!live && histogram.data && histogram.data.buckets.length > 0 && (
        <Panel title={several(histogram.data.buckets.reduce((sum, { count }) => sum + count, 0), kind === 'logs' ? 'log' : 'span')} aside={<span className="faint">{missingText(histogram.data)}</span>}>
          <HistogramChart histogram={histogram.data} what={kind} onZoom={(from, to) => time.choose(from, to)} />
        </Panel>
      )}
      <div className={`searching ${open ? 'with-panel' : ''}`}>
        <FacetBar facets={facets.data} q={q} onAsk={ask} />
        <div className="stack">
          <div className="line controls">
            <Choice label="View" options={VIEWS[kind]} names={(one) => NAMES[one] ?? one} none={false} chosen={view} onChoose={(value) => change({ tab: value === 'list' ? undefined : value, paused: undefined })} />
            {live && (
              <span className="row">
                <span className={tail.live ? 'live on' : 'live'} role="status">
                  {params.get('paused') !== null ? 'paused' : tail.live ? 'live' : 'connecting'} · {whole(tail.items.length)} arrived
                  {tail.skipped > 0 && <b className="bad"> · {whole(tail.skipped)} left out, they came too fast</b>}
                </span>
                <button type="button" onClick={() => change({ paused: params.get('paused') === null ? 'yes' : undefined }, { replace: true })}>
                  {params.get('paused') === null ? 'Pause' : 'Go on'}
                </button>
              </span>
            )}
            {view === 'list' && search.data && (
              <span className="faint" role="status">
                {[`${whole(found.length)}${hasNextPage ? ' so far' : ''}`, last && missingText(last), search.data.pages[0] && freshText(search.data.pages[0])].filter(Boolean).join(' · ')}
              </span>
            )}
            <span className="row">
              {(view === 'list' || live) && <ColumnPicker kind={kind} columns={columns ?? columnsOf(kind, null)} seen={seen} onChange={(next) => change({ cols: addressOf(kind, next) }, { replace: true })} />}
              <SavedSearches />
            </span>
          </div>
          {view === 'patterns' && <Patterns question={question} onAsk={(next) => change({ q: next, tab: undefined, open: undefined })} />}
          {view === 'comparison' && <ComparisonTable key={q} question={question} baseline={params.get('baseline')} onBaseline={(next) => change({ baseline: next })} onAsk={ask} />}
          {view === 'list' && error && !isQueryError(error) && <Failure error={error} />}
          {view === 'list' && !search.data && !error && <Loading what={kind} />}
          {view === 'list' && search.data && found.length === 0 && !error && <Nothing kind={kind} q={q} onWider={() => time.choose('24h')} range={time.range.last} />}
          {live && tail.items.length === 0 && <p className="note">Waiting for the next {kind === 'logs' ? 'log' : 'span'} that matches.</p>}
          {(view === 'list' || live) && items.length > 0 && (
            <ResultList
              key={live ? 'live' : 'list'}
              kind={kind}
              items={items}
              columns={columns}
              open={open}
              onOpen={choose}
              onMore={!live && hasNextPage && !isFetchingNextPage ? more : undefined}
              label={live ? `${NAMES.live}: ${kind}` : `${kind === 'logs' ? 'Logs' : 'Spans'}, newest first`}
            />
          )}
        </div>
        {open && (
          <Chosen
            key={open}
            kind={kind}
            id={open}
            at={params.get('at') ?? ''}
            onColumn={(column) => change({ cols: addressOf(kind, [...(columns ?? columnsOf(kind, null)).filter((one) => one !== column), column]) }, { replace: true })}
            known={items.find(({ id }) => id === open)}
            tab={oneOf<Tab>(TABS, params.get('panel')) ?? 'overview'}
            onTab={(tab) => change({ panel: tab === 'overview' ? undefined : tab }, { replace: true })}
            onOpen={choose}
            onClose={() => change({ open: undefined, at: undefined, panel: undefined })}
          />
        )}
      </div>
    </>
  );
}

const NAMES: Record<string, string> = { list: 'List', patterns: 'Patterns', comparison: 'What is different', live: 'Live tail' };

/** What is wrong with a question stands at its box already. */
function isQueryError(error: Error): boolean {
  return 'status' in error && error.status === 400;
}

interface ChosenProps {
  kind: Kind;
  id: string;
  /** Its time, by which it is found again. */
  at: string;
  known: Signal | undefined;
  tab: Tab;
  onTab: (tab: Tab) => void;
  onOpen: (signal: Signal) => void;
  onColumn: (column: string) => void;
  onClose: () => void;
}

/** An address may name a row that is not in the list: it is fetched with those around it. */
function Chosen({ known, id, at, ...props }: ChosenProps) {
  return known ? <RowPanel signal={known} {...props} /> : <Fetched id={id} at={at} {...props} />;
}

function Fetched({ id, at, ...props }: Omit<ChosenProps, 'known'>) {
  const around = useAround(id, props.kind === 'logs' ? at : '');
  const signal = around.data?.items[around.data.index];
  if (signal) return <RowPanel signal={signal} {...props} />;
  return <aside className="detail">{around.error ? <Failure error={around.error} /> : around.isFetching ? <Loading what="the row" /> : <p className="note">The row that the address names is not among those that were found.</p>}</aside>;
}

function Nothing({ kind, q, range, onWider }: { kind: Kind; q: string; range: string | undefined; onWider: () => void }) {
  const [command] = useState(() => (kind === 'logs' ? oneLog(origin()) : openTelemetry(origin())));
  return (
    <Empty title={q ? `No ${kind} match in this time.` : `No ${kind} in this time.`}>
      <p>
        {q ? 'Loosen the question, or look at a longer time. ' : 'Look at a longer time, or send some. '}
        {range !== '24h' && (
          <button type="button" onClick={onWider}>
            Look at the last 24 h
          </button>
        )}
      </p>
      {q === '' && <Command text={command} />}
    </Empty>
  );
}
