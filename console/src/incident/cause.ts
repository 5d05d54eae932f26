import type { Analysis, EvidenceItem, Explanation, Hypothesis, PathStep, Verdict } from '../api/types';
import { plain } from '../ui/text';

/** An analysis as the page shows it, whatever the analysing service knew to send. */
export interface Cause {
  verdict: Verdict;
  /** 0 to 100. */
  confidence: number;
  headline: string;
  hypotheses: Hypothesis[];
  /** What the first place rests on; null where it is shared, or not told. */
  firmness: Firmness | null;
  path: PathStep[];
  ruledOut: { service: string; reason: string }[];
  blast: NonNullable<Explanation['blast_radius']>;
  timeline: NonNullable<Explanation['timeline']>;
  window: Explanation['window'];
  narration: string;
  report: string;
}

/** Kinds of evidence without which somebody else, who is named, or nobody would come first. */
export interface Firmness {
  first: string;
  kinds: number;
  changes: { evidence: string; first: string[] }[];
}

export function causeOf(analysis: Analysis): Cause {
  const explanation = analysis.ai_explanation ?? {};
  const hypotheses = (explanation.hypotheses ?? []).toSorted((a, b) => a.rank - b.rank);
  const report = explanation.full_report ?? analysis.root_cause ?? '';
  const confidence = percent(analysis.confidence_score);
  return {
    // Reports without a verdict are opinions: never more than likely.
    verdict: explanation.verdict ?? (confidence >= 50 ? 'LIKELY' : 'INCONCLUSIVE'),
    confidence,
    headline: plain(hypotheses[0]?.statement ?? firstSentence(report)),
    hypotheses,
    firmness: firmnessOf(explanation),
    path: explanation.path ?? [],
    ruledOut: explanation.ruled_out ?? [],
    blast: explanation.blast_radius ?? {},
    timeline: explanation.timeline ?? [],
    window: explanation.window,
    narration: plain(explanation.narration ?? ''),
    report: plain(report),
  };
}

function firmnessOf({ ranking = [], without = [] }: Explanation): Firmness | null {
  const [first, ...more] = leaders(ranking);
  if (first === undefined || more.length > 0 || without.length < 2) return null;
  const changes = without.map(({ evidence, ranking: left }) => ({ evidence, first: leaders(left) })).filter(({ first: [one, ...others] }) => one !== first || others.length > 0);
  return { first, kinds: without.length, changes };
}

/** Who comes first, alone or with others of the same score. */
function leaders(ranking: { service: string; score: number }[]): string[] {
  return ranking.filter(({ score }) => score === ranking[0]?.score).map(({ service }) => service);
}

/** The signals that prove it, whichever name they were sent under. */
export function signalsOf(evidence: EvidenceItem): string[] {
  return evidence.signals ?? evidence.signal_ids ?? [];
}

/**
 * Where a click on a piece of evidence leads: to its trace with its signals marked; where it has none, to the signals
 * themselves with what happened around them.
 */
export function evidenceLink(evidence: EvidenceItem, incident: { id: string; trace_id: string | null }): string | null {
  const signals = signalsOf(evidence).slice(0, 50);
  const marks = signals.map((id) => `signal=${encodeURIComponent(id)}`).join('&');
  if (evidence.trace_id) return `/traces/${encodeURIComponent(evidence.trace_id)}${marks && `?${marks}`}`;
  if (signals.length > 0) return `/incidents/${encodeURIComponent(incident.id)}/evidence?${marks}`;
  return incident.trace_id ? `/traces/${encodeURIComponent(incident.trace_id)}` : null;
}

/** Where exactly: the finest that the evidence tells, without repeating the service. */
export function placeOf(hypothesis: Hypothesis): string[] {
  const { operation, code_region, resource, instance, host, service } = hypothesis;
  return [operation, code_region, resource, instance, host]
    .filter((part): part is string => typeof part === 'string' && part !== '' && part !== service)
    .map(plain);
}

/** The score is of 100, so 0.5 is hardly anything. */
function percent(score: number): number {
  return Math.round(Math.min(100, Math.max(0, Number.isFinite(score) ? score : 0)));
}

function firstSentence(report: string): string {
  const line = report
    .split('\n')
    .map((text) => text.replace(/^[#>*\-\s]+/, '').replace(/[*_`]+/g, '').trim())
    .find((text) => text !== '' && !/^(root cause|summary)( analysis)?:?$/i.test(text));
  return line ?? 'The analysis says nothing.';
}
