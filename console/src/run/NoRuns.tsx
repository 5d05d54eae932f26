import { useState } from 'react';
import { origin } from '../base';
import { Command, Empty } from '../ui/parts';
import { uuid } from '../ui/uuid';

/** What to send while no run has arrived yet. */
export function NoRuns() {
  const [command] = useState(() => firstRun(origin()));
  return (
    <Empty title="No decision runs yet.">
      <p>
        Tell of what your pipeline decides, and its funnel appears here: how many candidates went into each step, how many came out, and why the
        others were dropped. X-Ray SDKs work unchanged with <code>{origin()}</code> as their address, and{' '}
        <code>docs/examples/decision-runs.md</code> has whole programs in Java and Python. Or run this for a first one:
      </p>
      <Command text={command} />
    </Empty>
  );
}

/** A complete command: nothing to install, nothing to fill in. */
function firstRun(base: string): string {
  const now = new Date().toISOString();
  const step = {
    id: uuid(),
    run_id: uuid(),
    name: 'price',
    type: 'filter',
    started_at: now,
    completed_at: now,
    inputs: { candidate_count: 2 },
    outputs: {
      survivor_count: 1,
      candidates: [
        { id: 'case-1', selected: true },
        { id: 'case-2', selected: false, reason: 'price_too_high' },
      ],
    },
    metadata: { rejection_histogram: { price_too_high: 1 } },
  };
  return `curl ${base}/ingest -H 'Content-Type: application/json' -d '${JSON.stringify({ events: [{ type: 'step_complete', data: step }] }, null, 2)}'`;
}
