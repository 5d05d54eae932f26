import type { KeyboardEvent } from 'react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Edge, MapService, ServiceMap } from '../api/services';
import type { useServiceMap } from '../api/services';
import { term } from '../search/query';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Choice, oneOf } from '../ui/filters';
import { Empty, Loading, Panel, Service } from '../ui/parts';
import { timeOf } from '../ui/range';
import { percent, plain, several, whole } from '../ui/text';
import { took } from '../ui/time';
import { HEALTH, healthOf } from './health';
import type { PlacedCall, PlacedService } from './layout';
import { around, layoutOf } from './layout';
import { serviceLink } from './link';
import { HealthMark } from './parts';

/** More are not read on one picture; those with the most calls are drawn. */
const MOST = 60;
/** Of the page that it is part of. */
const USUAL = '1h';
const DEPTHS = ['1', '2', '3'] as const;
const BOX = { width: 176, height: 50 };
const PITCH = { x: 290, y: 78 };
const MARGIN = 24;
const NAME = 22;

interface Props {
  map: ReturnType<typeof useServiceMap>;
}

/** Who calls whom, with how it goes on every service and every call. A click shows more of one. */
export function ServiceMapView({ map }: Props) {
  const [params, change] = useAddress();
  const centre = params.get('around');
  const depth = oneOf(DEPTHS, params.get('depth')) ?? '1';
  const part = useMemo(() => (map.data ? partOf(map.data, centre, Number(depth)) : undefined), [map.data, centre, depth]);
  const layout = useMemo(() => part && layoutOf(part.nodes, part.edges), [part]);
  const chosen = params.get('chosen');

  if (!map.data || !layout || !part) return map.error ? <Failure error={map.error} /> : <Loading what="the map" />;
  if (map.data.nodes.length === 0) {
    return (
      <Empty title="No service was heard of in this time.">
        <p>The map is drawn from spans: who calls whom is told by their parents.</p>
      </Empty>
    );
  }
  const node = layout.services.find(({ node }) => `service ${node.service}` === chosen)?.node;
  const edge = layout.calls.find(({ edge }) => callId(edge) === chosen)?.edge;
  const choose = (id: string) => change({ chosen: id === chosen ? undefined : id }, { replace: true });
  const width = layout.columns * PITCH.x - (PITCH.x - BOX.width) + 2 * MARGIN;
  const height = layout.rows * PITCH.y - (PITCH.y - BOX.height) + 2 * MARGIN + 30;
  return (
    <div className={node || edge ? 'columns wide' : ''}>
      <div className="stack">
        {centre !== null && (
          <p className="filters">
            <span>
              Around <b>{plain(centre)}</b>
            </span>
            <Choice label="How many calls away" options={DEPTHS} none={false} chosen={depth} onChoose={(value) => change({ depth: value })} />
            <button type="button" onClick={() => change({ around: undefined, depth: undefined })}>
              Show all
            </button>
          </p>
        )}
        <Panel title={`${several(layout.services.length, 'service')}, ${several(layout.calls.length, 'connection')}`} aside={part.hidden > 0 && <span className="faint">those with the most calls; {whole(part.hidden)} more are not drawn</span>}>
          <div className="servicemap" tabIndex={0} role="group" aria-label="Service map">
            <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
              <defs>
                <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="11" markerHeight="11" orient="auto-start-reverse">
                  <path d="M0 0 8 4 0 8z" />
                </marker>
              </defs>
              {layout.calls.map((call) => (
                <Call key={callId(call.edge)} call={call} chosen={chosen === callId(call.edge)} onChoose={() => choose(callId(call.edge))} />
              ))}
              {layout.services.map((placed) => (
                <Box key={placed.node.service} placed={placed} chosen={node === placed.node} onChoose={() => choose(`service ${placed.node.service}`)} />
              ))}
            </svg>
          </div>
        </Panel>
      </div>
      {node && <NodePanel node={node} calls={layout.calls.map(({ edge }) => edge)} onAround={() => change({ around: node.service, chosen: undefined })} onClose={() => change({ chosen: undefined }, { replace: true })} />}
      {edge && <EdgePanel edge={edge} onClose={() => change({ chosen: undefined }, { replace: true })} />}
    </div>
  );
}

function partOf(map: ServiceMap, centre: string | null, depth: number): { nodes: MapService[]; edges: Edge[]; hidden: number } {
  const { nodes, edges } = centre === null ? map : around(centre, depth, map.nodes, map.edges);
  const shown = nodes.slice(0, MOST);
  const names = new Set(shown.map((node) => node.service));
  const hidden = nodes.length - shown.length;
  return { nodes: shown, edges: hidden === 0 ? edges : edges.filter(({ caller, callee }) => names.has(caller) && names.has(callee)), hidden };
}

function callId({ caller, callee }: Edge): string {
  return `call ${caller} > ${callee}`;
}

function corner({ column, row }: PlacedService): { x: number; y: number } {
  return { x: MARGIN + column * PITCH.x, y: MARGIN + row * PITCH.y };
}

/** Enter and the space bar do what a click does. */
function pressing(act: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  };
}

function Box({ placed, chosen, onChoose }: { placed: PlacedService; chosen: boolean; onChoose: () => void }) {
  const { node } = placed;
  const health = healthOf(node);
  const { x, y } = corner(placed);
  const name = plain(node.service) || '(no name)';
  const figures = node.calls === 0 ? HEALTH.quiet.word : `${percent(node.error_rate)} fail · p95 ${took(node.p95_ms)}`;
  const incidents = node.open_incidents > 0 ? `, ${node.open_incidents} open ${node.open_incidents === 1 ? 'incident' : 'incidents'}` : '';
  return (
    <g
      className={`box box-${health} ${chosen ? 'chosen' : ''}`}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      transform={`translate(${x} ${y})`}
      onClick={onChoose}
      onKeyDown={pressing(onChoose)}
    >
      <title>{`${name}: ${HEALTH[health].word}, ${figures}${incidents}`}</title>
      <rect width={BOX.width} height={BOX.height} rx={8} />
      <text x={12} y={20} className="sign">
        {HEALTH[health].sign}
      </text>
      <text x={30} y={20} className="name">
        {name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name}
      </text>
      <text x={12} y={39} className="numbers">
        {figures}
      </text>
      {node.open_incidents > 0 && (
        <g className="alarm" transform={`translate(${BOX.width - 10} 0)`} aria-hidden>
          <circle r={9} />
          <text y={4} textAnchor="middle">
            {node.open_incidents}
          </text>
        </g>
      )}
    </g>
  );
}

function Call({ call, chosen, onChoose }: { call: PlacedCall; chosen: boolean; onChoose: () => void }) {
  const { edge, back } = call;
  const from = corner(call.from);
  const to = corner(call.to);
  const start = { x: from.x + BOX.width, y: from.y + BOX.height / 2 };
  const end = { x: to.x, y: to.y + BOX.height / 2 };
  const self = call.from === call.to;
  const below = Math.max(from.y, to.y) + BOX.height + 18;
  const bend = Math.max(40, (end.x - start.x) / 2);
  const path = self
    ? `M${from.x + BOX.width - 46} ${from.y + BOX.height} C${from.x + BOX.width - 46} ${below} ${from.x + BOX.width - 16} ${below} ${from.x + BOX.width - 16} ${from.y + BOX.height + 2}`
    : back
      ? `M${from.x + BOX.width / 2} ${from.y + BOX.height} C${from.x + BOX.width / 2} ${below} ${to.x + BOX.width / 2} ${below} ${to.x + BOX.width / 2} ${to.y + BOX.height + 2}`
      : `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x - 2} ${end.y}`;
  const middle = self || back ? { x: (from.x + to.x + BOX.width) / 2, y: below - 2 } : { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const health = healthOf(edge);
  const text = edge.errors > 0 ? `${HEALTH[health].sign} ${percent(edge.error_rate)} fail` : took(edge.p95_ms);
  return (
    <g
      className={`call-line call-${health} ${chosen ? 'chosen' : ''}`}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      onClick={onChoose}
      onKeyDown={pressing(onChoose)}
    >
      <title>{`${plain(edge.caller)} calls ${plain(edge.callee)}: ${whole(edge.calls)} calls, ${percent(edge.error_rate)} fail, p95 ${took(edge.p95_ms)}`}</title>
      <path className="grip" d={path} />
      <path d={path} markerEnd="url(#arrow)" style={{ strokeWidth: 1 + Math.min(4, Math.log10(Math.max(1, edge.calls)) / 1.5) }} />
      <text x={middle.x} y={middle.y - 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

interface NodePanelProps {
  node: MapService;
  calls: Edge[];
  onAround: () => void;
  onClose: () => void;
}

function NodePanel({ node, calls, onAround, onClose }: NodePanelProps) {
  const [params] = useAddress();
  const during = { from: USUAL, ...timeOf(params) };
  return (
    <aside className="detail" aria-label="The chosen service">
      <Panel title={plain(node.service)} aside={<Close onClose={onClose} />}>
        <p className="headline">
          <HealthMark {...node} incidents={node.open_incidents} />
        </p>
        <dl>
          <Fact name="calls" value={whole(node.calls)} />
          <Fact name="fail" value={`${whole(node.errors)} (${percent(node.error_rate)})`} />
          <Fact name="p95" value={took(node.p95_ms)} />
          <Fact name="open incidents" value={whole(node.open_incidents)} />
        </dl>
        <p className="tags">
          <Link to={serviceLink(node.service, during)}>The service</Link>
          <Link to={`/spans?${new URLSearchParams({ q: `${term('service', node.service)} status:error`, ...during })}`}>Its failed spans</Link>
          {node.open_incidents > 0 && <Link to={`/incidents?${new URLSearchParams({ state: 'open', service: node.service })}`}>Its incidents</Link>}
          <button type="button" onClick={onAround}>
            Only what is around it
          </button>
        </p>
        <Sides title="called by" edges={calls.filter((edge) => edge.callee === node.service)} other={(edge) => edge.caller} />
        <Sides title="calls" edges={calls.filter((edge) => edge.caller === node.service)} other={(edge) => edge.callee} />
      </Panel>
    </aside>
  );
}

function Sides({ title, edges, other }: { title: string; edges: Edge[]; other: (edge: Edge) => string }) {
  if (edges.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {edges.map((edge) => (
          <li key={other(edge)} className="line">
            <Service name={other(edge)} />
            <span className={edge.errors > 0 ? 'bad' : 'faint'}>
              {percent(edge.error_rate)} fail, p95 {took(edge.p95_ms)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function EdgePanel({ edge, onClose }: { edge: Edge; onClose: () => void }) {
  const [params] = useAddress();
  const during = { from: USUAL, ...timeOf(params) };
  return (
    <aside className="detail" aria-label="The chosen call">
      <Panel title={`${plain(edge.caller)} → ${plain(edge.callee)}`} aside={<Close onClose={onClose} />}>
        <p className="headline">
          <HealthMark {...edge} />
        </p>
        <dl>
          <Fact name="calls" value={whole(edge.calls)} />
          <Fact name="fail" value={`${whole(edge.errors)} (${percent(edge.error_rate)})`} />
          <Fact name="p50" value={took(edge.p50_ms)} />
          <Fact name="p95" value={took(edge.p95_ms)} />
          {edge.gap_p95_ms !== undefined && edge.gap_p95_ms !== null && <Fact name="on the way, p95" value={took(edge.gap_p95_ms)} />}
        </dl>
        <p className="tags">
          <Link to={serviceLink(edge.caller, during)}>The caller</Link>
          <Link to={serviceLink(edge.callee, during)}>The called</Link>
        </p>
      </Panel>
    </aside>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Close({ onClose }: { onClose: () => void }) {
  return (
    <button type="button" className="quiet" aria-label="Close the panel" onClick={onClose}>
      ×
    </button>
  );
}
