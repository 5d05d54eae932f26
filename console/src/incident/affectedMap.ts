import type { Cause } from './cause';

/** A service at its place on the map; columns go from the callers on the left to the callees on the right. */
export interface MapNode {
  service: string;
  column: number;
  row: number;
  role: 'cause' | 'symptom' | 'between' | 'affected';
}

export interface MapEdge {
  caller: string;
  callee: string;
  /** The step of the path it belongs to, counted from 1 at the cause. */
  step: number | null;
  statement: string;
}

export interface AffectedMap {
  nodes: MapNode[];
  edges: MapEdge[];
  columns: number;
  rows: number;
}

/** More would not be read. */
const MOST_NODES = 24;

/** The path and the services around it that the trouble reached. */
export function affectedMap(cause: Cause): AffectedMap {
  const best = cause.hypotheses[0]?.service;
  const path = cause.path.filter((step) => step.from !== step.to);
  const names = new Set([...path.flatMap((step) => [step.from, step.to]), ...(best ? [best] : []), ...(cause.blast.services ?? [])]);
  const services = [...names].slice(0, MOST_NODES);
  const shown = new Set(services);
  const calls = (cause.blast.calls ?? []).filter((call) => shown.has(call.caller) && shown.has(call.callee));
  const edges: MapEdge[] = calls.map((call) => {
    // Trouble goes against the calls mostly, and with them where a caller floods its callee.
    const at = path.findIndex((step) => joins(step, call));
    return { ...call, step: at < 0 ? null : at + 1, statement: path[at]?.statement ?? '' };
  });
  path.forEach((step, index) => {
    if (!calls.some((call) => joins(step, call)) && shown.has(step.from) && shown.has(step.to)) {
      edges.push({ caller: step.to, callee: step.from, step: index + 1, statement: step.statement });
    }
  });
  const columns = columnsOf(services, edges);
  const filled: number[] = [];
  const symptom = path.at(-1)?.to;
  const nodes = services.map((service): MapNode => {
    const column = columns.get(service) ?? 0;
    const row = filled[column] ?? 0;
    filled[column] = row + 1;
    const role = service === best ? 'cause' : service === symptom ? 'symptom' : path.some((step) => step.from === service || step.to === service) ? 'between' : 'affected';
    return { service, column, row, role };
  });
  return { nodes, edges, columns: Math.max(0, ...nodes.map((node) => node.column + 1)), rows: Math.max(0, ...filled.map((count) => count ?? 0)) };
}

function joins(step: { from: string; to: string }, call: { caller: string; callee: string }): boolean {
  return (step.from === call.callee && step.to === call.caller) || (step.from === call.caller && step.to === call.callee);
}

/** The longest way from a service that nobody calls; services in a circle stop growing after as many rounds as there are. */
function columnsOf(services: string[], edges: MapEdge[]): Map<string, number> {
  const columns = new Map(services.map((service) => [service, 0]));
  for (let round = 1; round < services.length; round++) {
    let moved = false;
    for (const { caller, callee } of edges) {
      const wanted = (columns.get(caller) ?? 0) + 1;
      if (caller !== callee && wanted > (columns.get(callee) ?? 0) && wanted < services.length) {
        columns.set(callee, wanted);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return compact(columns);
}

/** Circles leave gaps between the columns; this closes them. */
function compact(columns: Map<string, number>): Map<string, number> {
  const used = [...new Set(columns.values())].toSorted((a, b) => a - b);
  return new Map([...columns].map(([service, column]) => [service, used.indexOf(column)]));
}
