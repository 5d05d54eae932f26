import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useIncidentsOfTrace, useTrace } from '../api/queries';
import type { Signal } from '../api/types';
import { titleOf } from '../incident/IncidentRow';
import { RunsOfTrace } from '../run/RunsOfTrace';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { usePageKeys } from '../ui/keys';
import { Empty, Loading, Panel, Service } from '../ui/parts';
import { saveJson } from '../ui/save';
import { plain, several, whole } from '../ui/text';
import { useTyped } from '../ui/typed';
import { duration, moment } from '../ui/time';
import { CompareTraces } from './CompareTraces';
import { criticalPath, sharesOf } from './criticalPath';
import type { Stretch } from './criticalPath';
import { Events } from './Events';
import { Minimap } from './Minimap';
import { Operations, WaitedFor } from './Operations';
import { ancestorsOf, collapsible, matchesOf, nextMatch, rowsOf } from './rows';
import { SignalDetail } from './SignalDetail';
import { SpanPanel } from './SpanPanel';
import { waterfallOf } from './waterfall';
import type { Waterfall } from './waterfall';
import { WaterfallChart } from './WaterfallChart';
import { extentOf, zoomText } from './zoom';

export function TraceView() {
  const { id = '' } = useParams();
  const [params, change] = useAddress();
  const trace = useTrace(id);
  const corrected = params.get('clock') !== 'recorded';
  const waterfall = useMemo(() => waterfallOf(trace.data?.items ?? [], corrected), [trace.data, corrected]);

  if (!trace.data) return trace.error ? <Failure error={trace.error} /> : <Loading what="the trace" />;
  const { items, cut } = trace.data;
  if (items.length === 0) {
    return (
      <Empty title="Nothing is stored under this trace id.">
        <p>
          <code>{plain(id)}</code> may be mistyped, its signals may still be on their way, or retention has dropped them.
          This page looks again by itself.
        </p>
        <RunsOfTrace trace={id} />
      </Empty>
    );
  }
  const other = params.get('compare');
  return (
    <>
      <Heading id={id} items={items} waterfall={waterfall} onCompare={(trace) => change({ compare: trace })} />
      {cut && (
        <p className="note" role="status">
          Only the first {whole(items.length)} signals of this trace are shown; it has more. What comes later, and parents
          that are missing here, may be among the rest.
        </p>
      )}
      {other !== null && <CompareTraces bars={waterfall.bars} other={other} onClose={() => change({ compare: undefined })} />}
      <Missing waterfall={waterfall} cut={cut} />
      <Moved waterfall={waterfall} corrected={corrected} onChange={(recorded) => change({ clock: recorded ? 'recorded' : undefined })} />
      <Body key={id} waterfall={waterfall} items={items} />
    </>
  );
}

function Heading({ id, items, waterfall, onCompare }: { id: string; items: Signal[]; waterfall: Waterfall; onCompare: (trace: string) => void }) {
  const incidents = useIncidentsOfTrace(id);
  const services = useMemo(() => [...new Set(items.map((signal) => signal.service_name))], [items]);
  const failed = waterfall.bars.filter((bar) => bar.failed).length;
  const roots = waterfall.bars.filter((bar) => bar.parent < 0);
  return (
    <header className="heading">
      <p className="crumbs">Trace</p>
      <h1 className="mono">{plain(id)}</h1>
      <p className="tags">
        <span>{moment(waterfall.origin)}</span>
        <span>{duration(waterfall.length)}</span>
        <span>
          {several(waterfall.bars.length, 'span')}{failed > 0 && <b className="bad">, {whole(failed)} failed</b>}
        </span>
        {roots.length > 1 && <span>{whole(roots.length)} roots</span>}
        <span>{whole(waterfall.events.length)} logs and metrics</span>
        {services.slice(0, SERVICES).map((service) => (
          <Service key={service} name={service} />
        ))}
        {services.length > SERVICES && <span>and {whole(services.length - SERVICES)} more services</span>}
      </p>
      {incidents.data && incidents.data.items.length > 0 && (
        <p className="tags of-trace">
          <span>{incidents.data.items.length === 1 ? 'Seen by the incident' : 'Seen by incidents'}</span>
          {incidents.data.items.map((incident) => (
            <Link key={incident.id} to={`/incidents/${encodeURIComponent(incident.id)}`}>
              {titleOf(incident)}
            </Link>
          ))}
        </p>
      )}
      <RunsOfTrace trace={id} />
      <div className="buttons tools">
        <button type="button" onClick={() => saveJson(`trace-${id}.json`, items)}>
          Download JSON
        </button>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            const other = String(new FormData(event.currentTarget).get('other') ?? '').trim();
            if (other) onCompare(other);
          }}
        >
          <input name="other" aria-label="Compare with trace" placeholder="Compare with trace id" spellCheck={false} />
          <button type="submit">Compare</button>
        </form>
      </div>
    </header>
  );
}

/** More names would not be read. */
const SERVICES = 12;

function Missing({ waterfall, cut }: { waterfall: Waterfall; cut: boolean }) {
  if (waterfall.lost.size === 0) return null;
  const naming = [...waterfall.lost.values()].reduce((sum, count) => sum + count, 0);
  return (
    <p className="note warning" role="status">
      <b>
        {waterfall.lost.size === 1 ? 'One parent span never came' : `${whole(waterfall.lost.size)} parent spans never came`}
      </b>
      : {naming === 1 ? 'one span names it' : `${whole(naming)} spans name ${waterfall.lost.size === 1 ? 'it' : 'them'}`} and{' '}
      {naming === 1 ? 'stands' : 'stand'} at the top, marked “no parent”.{' '}
      {cut
        ? 'What is missing may be in the part of the trace that is not shown.'
        : 'What is missing was not exported, was sampled away, or is still on its way.'}
    </p>
  );
}

function Moved({ waterfall, corrected, onChange }: { waterfall: Waterfall; corrected: boolean; onChange: (recorded: boolean) => void }) {
  const moved = waterfall.bars.filter((bar) => bar.moved !== 0);
  if (corrected && moved.length === 0) return null;
  const services = [...new Set(moved.map((bar) => plain(bar.service)))];
  return (
    <p className="note" role="status">
      {corrected
        ? `The clocks of ${services.slice(0, 3).join(', ')}${services.length > 3 ? ` and ${services.length - 3} more` : ''} contradict those of their callers: ${whole(moved.length)} ${moved.length === 1 ? 'span is' : 'spans are'} shown where they can have been. `
        : 'Spans are shown as their clocks say, also where that cannot have been. '}
      <button type="button" onClick={() => onChange(corrected)}>
        {corrected ? 'Show as recorded' : 'Correct the clocks'}
      </button>
    </p>
  );
}

function Body({ waterfall, items }: { waterfall: Waterfall; items: Signal[] }) {
  const [params, change] = useAddress();
  const { bars } = waterfall;
  const rowOf = useMemo(() => rowsByName(waterfall), [waterfall]);
  const byId = useMemo(() => new Map(items.map((signal) => [signal.id, signal])), [items]);
  const marked = useMemo(() => new Set(params.getAll('signal')), [params]);
  const root = rowOf.get(params.get('root') ?? '');

  const wanted = params.get('span') ?? params.getAll('signal').find((id) => byId.has(id)) ?? '';
  const openRow = wanted === NONE ? undefined : rowOf.get(wanted);
  const open = openRow === undefined ? byId.get(wanted) : bars[openRow]?.signal;

  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<number | undefined>(openRow ?? root);
  const rows = useMemo(() => rowsOf(bars, root, collapsed), [bars, root, collapsed]);

  const extent = useMemo(() => wholeOf(waterfall, root), [waterfall, root]);
  const zoom = params.get('zoom');
  const shown = useMemo(() => extentOf(zoom, extent), [zoom, extent]);

  const path = useMemo(() => criticalPath(bars, root ?? longestRoot(waterfall)), [waterfall, bars, root]);
  const pathByRow = useMemo(() => byRow(path), [path]);
  const shares = useMemo(() => sharesOf(bars, path), [bars, path]);
  const showsPath = params.get('path') !== 'off';

  const keepLooked = useCallback((find: string) => change({ find: find || undefined }, { replace: true }), [change]);
  const [looked, setLooked] = useTyped(params.get('find') ?? '', keepLooked);
  const text = useDeferredValue(looked);
  const matches = useMemo(() => matchesOf(bars, text), [bars, text]);
  const matched = useMemo(() => new Set(matches), [matches]);

  const nameOf = useCallback((row: number) => (rowOf.get(bars[row]!.spanId) === row ? bars[row]!.spanId : bars[row]!.signal.id), [bars, rowOf]);
  const onOpen = useCallback((row: number) => change({ span: nameOf(row) }), [change, nameOf]);
  const onToggle = useCallback((row: number) => setCollapsed((old) => flipped(old, bars[row]!.signal.id)), [bars]);
  const reveal = useCallback(
    (row: number) => {
      setCollapsed((old) => {
        const hidden = ancestorsOf(bars, row).filter((above) => old.has(bars[above]!.signal.id));
        return hidden.length === 0 ? old : new Set([...old].filter((id) => !hidden.some((above) => bars[above]!.signal.id === id)));
      });
      setActive(row);
    },
    [bars],
  );
  // An address that names a span leads to it, also while the page is open.
  useEffect(() => {
    if (openRow !== undefined) reveal(openRow);
  }, [openRow, reveal]);

  const choose = (signal: Signal) => change({ span: signal.id });
  const move = (step: number) => {
    const at = active === undefined ? -1 : rows.indexOf(active);
    setActive(rows[Math.max(0, Math.min(rows.length - 1, at + step))]);
  };
  const goMatch = (step: 1 | -1) => {
    const next = nextMatch(root === undefined ? matches : matches.filter((row) => row >= root && row < root + bars[root]!.size), active ?? -1, step);
    if (next !== undefined) reveal(next);
  };
  const fold = (folded: boolean) => {
    if (active === undefined) return;
    const bar = bars[active]!;
    if (bar.children > 0 && collapsed.has(bar.signal.id) !== folded) onToggle(active);
    else if (folded && bar.parent >= 0 && active !== root) setActive(bar.parent);
  };
  usePageKeys('.waterfall', {
    j: () => move(1),
    k: () => move(-1),
    f: () => goMatch(1),
    b: () => goMatch(-1),
    '[': () => fold(true),
    ']': () => fold(false),
    Enter: () => active !== undefined && onOpen(active),
    Escape: () => change({ span: NONE }),
  });

  const inRoot = useMemo(() => (root === undefined ? bars : bars.slice(root, root + bars[root]!.size)), [bars, root]);
  const topDepth = root === undefined ? 0 : bars[root]!.depth;
  return (
    <div className={open ? 'columns wide' : ''}>
      <div className="stack">
        {bars.length > 0 && (
          <Panel
            title={root === undefined ? 'Spans' : `Spans below ${plain(bars[root]!.service)} ${bars[root]!.name}`}
            aside={
              root !== undefined && (
                <button type="button" onClick={() => change({ root: undefined, zoom: undefined })}>
                  Show the whole trace
                </button>
              )
            }
          >
            <div className="tracetools">
              <input
                data-find
                type="search"
                aria-label="Find in the trace"
                placeholder="Find in the trace    /"
                spellCheck={false}
                value={looked}
                onChange={(event) => setLooked(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') goMatch(event.shiftKey ? -1 : 1);
                  if (event.key === 'Escape') event.currentTarget.blur();
                }}
              />
              {text && (
                <span className="row" role="status">
                  <span className="faint">{matches.length === 0 ? 'nothing found' : `${whole(matches.length)} found`}</span>
                  <button type="button" aria-label="Previous match" disabled={matches.length === 0} onClick={() => goMatch(-1)}>
                    ↑
                  </button>
                  <button type="button" aria-label="Next match" disabled={matches.length === 0} onClick={() => goMatch(1)}>
                    ↓
                  </button>
                </span>
              )}
              <button type="button" onClick={() => setCollapsed(collapsible(bars, topDepth + 1))}>
                Collapse all
              </button>
              <button type="button" onClick={() => setCollapsed(new Set())}>
                Expand all
              </button>
              <button type="button" aria-pressed={showsPath} onClick={() => change({ path: showsPath ? 'off' : undefined })}>
                Critical path
              </button>
              {shown !== extent && (
                <button type="button" onClick={() => change({ zoom: undefined })}>
                  Whole time
                </button>
              )}
            </div>
            <Minimap bars={inRoot} whole={extent} shown={shown} onZoom={(part) => change({ zoom: zoomText(part, extent) }, { replace: true })} />
            <WaterfallChart
              waterfall={waterfall}
              rows={rows}
              shown={shown}
              top={topDepth}
              path={showsPath ? pathByRow : NO_PATH}
              marked={marked}
              matched={matched}
              collapsed={collapsed}
              active={active}
              open={open?.id}
              onActive={setActive}
              onOpen={onOpen}
              onToggle={onToggle}
            />
            <p className="keys faint">
              <kbd>↑</kbd> <kbd>↓</kbd> or <kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>[</kbd> <kbd>]</kbd> collapse and expand, <kbd>/</kbd> finds, <kbd>f</kbd> <kbd>b</kbd> go to
              the next and the previous match; drag across the picture above to zoom.
            </p>
          </Panel>
        )}
        {bars.length > 0 && showsPath && <WaitedFor shares={shares} onGo={reveal} />}
        {bars.length === 0 && <p className="note">This trace has no spans. With them, Whence can see which call failed first.</p>}
        {waterfall.events.length > 0 && (
          <Panel title="Logs and metrics">
            <Events waterfall={waterfall} marked={marked} open={open?.id} onChoose={choose} />
          </Panel>
        )}
        {bars.length > 1 && <Operations bars={bars} />}
      </div>
      {open && openRow !== undefined && (
        <SpanPanel
          bar={bars[openRow]!}
          waterfall={waterfall}
          isRoot={openRow === root}
          onRoot={() => change({ root: nameOf(openRow), zoom: undefined })}
          onChoose={choose}
          onClose={() => change({ span: NONE })}
        />
      )}
      {open && openRow === undefined && <SignalDetail signal={open} onClose={() => change({ span: NONE })} />}
    </div>
  );
}

/** Says in the address that no panel is open, although a marked signal would open one. */
const NONE = 'none';
const NO_PATH: ReadonlyMap<number, Stretch[]> = new Map();

/** Spans by what an address may call them: their span id, where it is the first of that id, or the id of the signal. */
function rowsByName({ bars }: Waterfall): Map<string, number> {
  const rows = new Map<string, number>();
  bars.forEach((bar, row) => {
    if (!rows.has(bar.spanId)) rows.set(bar.spanId, row);
    rows.set(bar.signal.id, row);
  });
  return rows;
}

function wholeOf({ bars, length }: Waterfall, root: number | undefined) {
  if (root === undefined) return { from: 0, until: length };
  const from = bars[root]!.start;
  let until = from + 0.001;
  for (let row = root; row < root + bars[root]!.size; row++) until = Math.max(until, bars[row]!.start + bars[row]!.duration);
  return { from, until };
}

/** Of several roots the one that took longest: it is what somebody waited for. */
function longestRoot({ bars }: Waterfall): number {
  let longest = 0;
  for (let row = 0; row < bars.length; row += bars[row]!.size) if (bars[row]!.duration > bars[longest]!.duration) longest = row;
  return longest;
}

function byRow(path: readonly Stretch[]): Map<number, Stretch[]> {
  const rows = new Map<number, Stretch[]>();
  for (const stretch of path) {
    const known = rows.get(stretch.row);
    if (known) known.push(stretch);
    else rows.set(stretch.row, [stretch]);
  }
  return rows;
}

function flipped(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
