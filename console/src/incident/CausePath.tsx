import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Incident, PathStep } from '../api/types';
import { Panel, Service } from '../ui/parts';
import { plain } from '../ui/text';
import { clock } from '../ui/time';
import type { MapEdge, MapNode } from './affectedMap';
import { affectedMap } from './affectedMap';
import type { Cause } from './cause';
import { evidenceLink } from './cause';

const WIDTH = 190;
const HEIGHT = 64;
const BOX = { width: 140, height: 34 };

/** How the trouble went from the cause to where it was noticed, on the part of the service map that it reached. */
export function CausePath({ cause, incident }: { cause: Cause; incident: Pick<Incident, 'id' | 'trace_id'> }) {
  const map = useMemo(() => affectedMap(cause), [cause]);
  if (map.nodes.length === 0) return null;
  return (
    <Panel title="From the cause to the symptom">
      {map.nodes.length > 1 && (
        <div className="map">
          <svg
            width={map.columns * WIDTH}
            height={map.rows * HEIGHT}
            viewBox={`0 0 ${map.columns * WIDTH} ${map.rows * HEIGHT}`}
            role="img"
            aria-label={`Service map: ${map.nodes.map((node) => `${plain(node.service)} (${node.role})`).join(', ')}`}
          >
            <defs>
              <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
                <path d="M0 0L8 4L0 8z" />
              </marker>
            </defs>
            {map.edges.map((edge, index) => (
              <Edge key={index} edge={edge} nodes={map.nodes} />
            ))}
            {map.nodes.map((node) => (
              <Node key={node.service} node={node} />
            ))}
          </svg>
        </div>
      )}
      {cause.path.length > 0 && (
        <ol className="path">
          {cause.path.map((step, index) => (
            <li key={index}>
              <Step step={step} incident={incident} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Step({ step, incident }: { step: PathStep; incident: Pick<Incident, 'id' | 'trace_id'> }) {
  const link = step.signals && step.signals.length > 0 ? evidenceLink({ kind: 'path', statement: '', signals: step.signals }, incident) : null;
  const content = (
    <>
      <span className="tags">
        <Service name={step.from} />
        {step.to !== step.from && (
          <>
            <span aria-hidden>→</span>
            <Service name={step.to} />
          </>
        )}
      </span>
      <span>{plain(step.statement)}</span>
      {step.first_seen && <time dateTime={step.first_seen}>{clock(step.first_seen)}</time>}
    </>
  );
  return link ? <Link to={link}>{content}</Link> : <div>{content}</div>;
}

function Edge({ edge, nodes }: { edge: MapEdge; nodes: MapNode[] }) {
  const from = nodes.find((node) => node.service === edge.caller);
  const to = nodes.find((node) => node.service === edge.callee);
  if (!from || !to) return null;
  const start = { x: from.column * WIDTH + BOX.width + 8, y: middle(from) };
  const end = { x: to.column * WIDTH + 6, y: middle(to) };
  const bend = Math.max(24, Math.abs(end.x - start.x) / 2);
  return (
    <g className={edge.step === null ? 'call' : 'call on-path'}>
      <path d={`M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`} markerEnd="url(#tip)">
        <title>{plain(edge.statement || `${edge.caller} calls ${edge.callee}`)}</title>
      </path>
      {edge.step !== null && (
        <text x={(start.x + end.x) / 2} y={(start.y + end.y) / 2 - 6} textAnchor="middle">
          {edge.step}
        </text>
      )}
    </g>
  );
}

function Node({ node }: { node: MapNode }) {
  const name = plain(node.service);
  return (
    <g className={`node ${node.role}`} transform={`translate(${node.column * WIDTH + 8} ${node.row * HEIGHT + (HEIGHT - BOX.height) / 2})`}>
      <title>{`${name}: ${node.role}`}</title>
      <rect width={BOX.width} height={BOX.height} rx="7" />
      <text x={BOX.width / 2} y={BOX.height / 2 + 4} textAnchor="middle">
        {name.length > 20 ? `${name.slice(0, 19)}…` : name}
      </text>
    </g>
  );
}

function middle(node: MapNode): number {
  return node.row * HEIGHT + HEIGHT / 2;
}
