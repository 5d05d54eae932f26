import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import type { Incident } from '../api/types';
import { CauseCard } from './CauseCard';
import { causeOf } from './cause';
import { Hypotheses } from './Hypotheses';
import { IncidentRow } from './IncidentRow';
import { momentsOf } from './Timeline';

const HOSTILE = '<script>alert(1)</script>';

const incident: Incident = {
  id: 'i',
  trace_id: 'req-1',
  status: 'open',
  severity: 'high',
  detected_at: '2026-01-01T00:00:05Z',
  resolved_at: null,
  affected_services: [HOSTILE],
  error_count: 1,
};

const markup = (element: React.ReactNode) => renderToStaticMarkup(<MemoryRouter>{element}</MemoryRouter>);

test('an incident of an older service has a title made of what is known', () => {
  const html = markup(<IncidentRow incident={incident} />);
  expect(html).toContain('Trouble in &lt;script&gt;');
  expect(html).toContain('1 signal<');
  expect(html).not.toContain(HOSTILE);
});

test('whatever an analysis says is text', () => {
  const cause = causeOf({
    id: 'a',
    incident_id: 'i',
    root_cause: HOSTILE,
    confidence_score: 90,
    evidence_signals: [],
    ai_explanation: {
      verdict: 'LIKELY',
      hypotheses: [
        {
          rank: 1,
          service: HOSTILE,
          score: 0,
          statement: HOSTILE,
          evidence: [{ kind: HOSTILE, statement: HOSTILE, trace_id: 'javascript:alert(1)' }],
        },
      ],
      ranking: [{ service: HOSTILE, score: 2 }],
      without: [
        { evidence: HOSTILE, ranking: [] },
        { evidence: 'OWN', ranking: [{ service: `${HOSTILE}2`, score: 1 }] },
      ],
      ruled_out: [{ service: HOSTILE, reason: HOSTILE }],
    },
    generated_at: '2026-01-01T00:00:09Z',
  });
  const html = markup(
    <>
      <CauseCard cause={cause} />
      <Hypotheses cause={cause} incident={{ id: 'i', trace_id: null }} />
    </>,
  );
  expect(html).not.toContain(HOSTILE);
  expect(html).toContain('href="/traces/javascript%3Aalert(1)"');
  expect(html).toContain('nobody would be suspect');
  expect(html).toContain('would come first');
});

test('the timeline is in the order of events, without those that have no time', () => {
  const problem = (service: string, first_seen?: string) => ({ service, title: 't', severity: 'high', signals: 1, first_seen });
  const moments = momentsOf(
    { ...incident, problems: [problem('late', '2026-01-01T00:00:04Z'), problem('first', '2026-01-01T00:00:01Z'), problem('never')] },
    [],
    '2026-01-01T00:00:09Z',
  );
  expect(moments.map((moment) => moment.who ?? moment.what)).toEqual(['first', 'late', 'incident opened', 'cause analysed']);
});
