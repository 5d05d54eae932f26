import { expect, test } from 'vitest';
import type { Analysis } from '../api/types';
import { causeOf, evidenceLink, placeOf } from './cause';

const analysis: Analysis = {
  id: 'a',
  incident_id: 'i',
  root_cause: '# Root Cause\n\n**payment-service** lost its database.\nMore.',
  confidence_score: 85,
  evidence_signals: [],
  ai_explanation: null,
  generated_at: '2026-01-01T00:00:00Z',
};

test('a bare report yields a headline and is never more than likely', () => {
  expect(causeOf(analysis)).toMatchObject({
    verdict: 'LIKELY',
    confidence: 85,
    headline: 'payment-service lost its database.',
    hypotheses: [],
    ruledOut: [],
  });
});

test('the first hypothesis by rank is the headline', () => {
  const hypothesis = (rank: number) => ({ rank, service: 's', score: 1 / rank, statement: `number ${rank}` });
  const explained = { ...analysis, ai_explanation: { verdict: 'CONCLUSIVE' as const, hypotheses: [hypothesis(2), hypothesis(1)] } };
  expect(causeOf(explained)).toMatchObject({ verdict: 'CONCLUSIVE', headline: 'number 1' });
});

test.each([
  [0.5, 1],
  [0.4, 0],
  [1, 1],
  [85, 85],
  [88, 88],
  [188, 100],
  [-3, 0],
  [Number.NaN, 0],
])('a confidence of %s is %s per cent', (score, percent) => {
  expect(causeOf({ ...analysis, confidence_score: score }).confidence).toBe(percent);
});

test('evidence leads to its own trace with its signals marked', () => {
  const evidence = { kind: 'log', statement: 's', signal_ids: ['1', '2'] };
  expect(evidenceLink({ ...evidence, trace_id: 'a/b' }, { id: 'i', trace_id: 'other' })).toBe('/traces/a%2Fb?signal=1&signal=2');
});

test('evidence without a trace leads to its signals and what happened around them', () => {
  const evidence = { kind: 'resource', statement: 's', signals: ['1'] };
  expect(evidenceLink(evidence, { id: 'i', trace_id: 'other' })).toBe('/incidents/i/evidence?signal=1');
});

test('evidence without signals leads to the trace of the incident, or nowhere', () => {
  const evidence = { kind: 'log', statement: 's' };
  expect(evidenceLink(evidence, { id: 'i', trace_id: 'other' })).toBe('/traces/other');
  expect(evidenceLink(evidence, { id: 'i', trace_id: null })).toBeNull();
});

test('a place is told as finely as it is known, without the service again', () => {
  const hypothesis = { rank: 1, service: 's', score: 1, statement: 't', operation: 'GET /x', code_region: 'A > B', resource: '', host: 's' };
  expect(placeOf(hypothesis)).toEqual(['GET /x', 'A > B']);
});

test('what the first place rests on is told where it is one service alone', () => {
  const told = (ranking: [string, number][], without: [string, [string, number][]][]) => {
    const ranked = (places: [string, number][]) => places.map(([service, score]) => ({ service, score }));
    const explanation = { ranking: ranked(ranking), without: without.map(([evidence, places]) => ({ evidence, ranking: ranked(places) })) };
    return causeOf({ ...analysis, ai_explanation: explanation }).firmness;
  };
  const stock: [string, number][] = [['stock', 9], ['shop', 4]];
  expect(told(stock, [['PATH', [['stock', 5], ['shop', 4]]], ['OWN', [['stock', 4]]]])).toEqual({ first: 'stock', kinds: 2, changes: [] });
  expect(told(stock, [['PATH', [['shop', 4], ['stock', 3]]], ['OWN', [['shop', 4], ['stock', 4]]], ['ERROR', []]])?.changes).toEqual([
    { evidence: 'PATH', first: ['shop'] },
    { evidence: 'OWN', first: ['shop', 'stock'] },
    { evidence: 'ERROR', first: [] },
  ]);
  expect(told([['stock', 4], ['shop', 4]], [['PATH', stock], ['OWN', stock]])).toBeNull();
  expect(told(stock, [['PATH', []]])).toBeNull();
  expect(causeOf(analysis).firmness).toBeNull();
});
