// The service map: callers left of whom they call, as few crossings as a few rounds of sorting reach.
import type { Edge, MapService } from '../api/services';

export interface PlacedService {
  node: MapService;
  /** From the left, starting at 0. */
  column: number;
  /** From the top; columns with fewer services are centred, so that it may be a fraction. */
  row: number;
}

export interface PlacedCall {
  edge: Edge;
  from: PlacedService;
  to: PlacedService;
  /** It goes against the direction of the map, as one call of a circle has to, or stays in its place. */
  back: boolean;
}

export interface Layout {
  services: PlacedService[];
  calls: PlacedCall[];
  columns: number;
  rows: number;
}

/** Rounds of sorting; more change little. */
const ROUNDS = 6;

/** Places services and calls. The same map comes out the same, whatever the order in which it came. */
export function layoutOf(nodes: readonly MapService[], edges: readonly Edge[]): Layout {
  const names = [...new Set([...nodes.map((node) => node.service), ...edges.flatMap((edge) => [edge.caller, edge.callee])])].toSorted();
  const known = new Map(nodes.map((node) => [node.service, node]));
  const forward = withoutCircles(names, edges);
  const columnOf = columnsOf(names, forward);
  const columns = grouped(names, columnOf);
  sort(columns, forward);

  const rows = Math.max(0, ...columns.map((column) => column.length));
  const placed = new Map<string, PlacedService>();
  columns.forEach((services, column) =>
    services.forEach((service, index) => placed.set(service, { node: known.get(service) ?? unseen(service), column, row: index + (rows - services.length) / 2 })),
  );
  return {
    services: [...placed.values()],
    calls: edges.map((edge) => ({ edge, from: placed.get(edge.caller)!, to: placed.get(edge.callee)!, back: placed.get(edge.caller)!.column >= placed.get(edge.callee)!.column })),
    columns: columns.length,
    rows,
  };
}

/** Somebody calls it, and nothing of its own came. */
function unseen(service: string): MapService {
  return { service, calls: 0, errors: 0, error_rate: 0, p95_ms: null, open_incidents: 0 };
}

/** The calls without those that close a circle, found by going down from those whom nobody calls. */
function withoutCircles(names: readonly string[], edges: readonly Edge[]): Edge[] {
  const out = new Map<string, Edge[]>(names.map((name) => [name, []]));
  const called = new Set<string>();
  for (const edge of edges) {
    if (edge.caller === edge.callee) continue;
    out.get(edge.caller)!.push(edge);
    called.add(edge.callee);
  }
  for (const calls of out.values()) calls.sort((a, b) => (a.callee < b.callee ? -1 : 1));
  const kept: Edge[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of [...names.filter((name) => !called.has(name)), ...names]) {
    if (state.has(start)) continue;
    const stack = [{ name: start, next: 0 }];
    state.set(start, 'open');
    while (stack.length > 0) {
      const here = stack.at(-1)!;
      const edge = out.get(here.name)![here.next++];
      if (!edge) {
        state.set(here.name, 'done');
        stack.pop();
        continue;
      }
      if (state.get(edge.callee) === 'open') continue;
      kept.push(edge);
      if (!state.has(edge.callee)) {
        state.set(edge.callee, 'open');
        stack.push({ name: edge.callee, next: 0 });
      }
    }
  }
  return kept;
}

/** How many calls away from a beginning, by the longest way. */
function columnsOf(names: readonly string[], forward: readonly Edge[]): Map<string, number> {
  const columns = new Map(names.map((name) => [name, 0]));
  const waiting = new Map(names.map((name) => [name, 0]));
  const out = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { caller, callee } of forward) {
    waiting.set(callee, waiting.get(callee)! + 1);
    out.get(caller)!.push(callee);
  }
  const ready = names.filter((name) => waiting.get(name) === 0);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    for (const callee of out.get(name)!) {
      columns.set(callee, Math.max(columns.get(callee)!, columns.get(name)! + 1));
      waiting.set(callee, waiting.get(callee)! - 1);
      if (waiting.get(callee) === 0) ready.push(callee);
    }
  }
  return columns;
}

function grouped(names: readonly string[], columnOf: ReadonlyMap<string, number>): string[][] {
  const columns: string[][] = [];
  for (const name of names) (columns[columnOf.get(name)!] ??= []).push(name);
  return columns;
}

/** Moves each service to the middle of those it is joined with, from the left and from the right by turns. */
function sort(columns: string[][], forward: readonly Edge[]): void {
  const joined = new Map<string, string[]>();
  for (const { caller, callee } of forward) {
    joined.set(caller, [...(joined.get(caller) ?? []), callee]);
    joined.set(callee, [...(joined.get(callee) ?? []), caller]);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const places = new Map(columns.flatMap((column) => column.map((name, index) => [name, (index + 0.5) / column.length] as const)));
    const rightwards = round % 2 === 0;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[rightwards ? i : columns.length - 1 - i]!;
      const middle = (name: string) => {
        const others = joined.get(name) ?? [];
        return others.length === 0 ? places.get(name)! : others.reduce((sum, other) => sum + places.get(other)!, 0) / others.length;
      };
      const wanted = new Map(column.map((name) => [name, middle(name)]));
      column.sort((a, b) => wanted.get(a)! - wanted.get(b)! || (a < b ? -1 : 1));
      column.forEach((name, index) => places.set(name, (index + 0.5) / column.length));
    }
  }
}

/** The part of a map that is at most so many calls away from a service, in either direction. */
export function around(service: string, depth: number, nodes: readonly MapService[], edges: readonly Edge[]): { nodes: MapService[]; edges: Edge[] } {
  let near = new Set([service]);
  for (let step = 0; step < depth; step++) {
    const next = new Set(near);
    for (const { caller, callee } of edges) {
      if (near.has(caller)) next.add(callee);
      if (near.has(callee)) next.add(caller);
    }
    near = next;
  }
  return { nodes: nodes.filter((node) => near.has(node.service)), edges: edges.filter(({ caller, callee }) => near.has(caller) && near.has(callee)) };
}
