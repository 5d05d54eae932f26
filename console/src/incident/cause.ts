import type { Analysis, EvidenceItem, Hypothesis, Verdict } from '../api/types';
import { plain } from '../ui/text';

/** An analysis as the page shows it, whatever the analysing service knew to send. */
export interface Cause {
  verdict: Verdict;
  /** 0 to 100. */
  confidence: number;
  headline: string;
  hypotheses: Hypothesis[];
  ruledOut: { service: string; reason: string }[];
  report: string;
}

export function causeOf(analysis: Analysis): Cause {
  const explanation = analysis.ai_explanation ?? {};
  const hypotheses = [...(explanation.hypotheses ?? [])].sort((a, b) => a.rank - b.rank);
  const report = explanation.full_report ?? analysis.root_cause ?? '';
  const confidence = percent(analysis.confidence_score);
  return {
    // Reports without a verdict are opinions: never more than likely.
    verdict: explanation.verdict ?? (confidence >= 50 ? 'LIKELY' : 'INCONCLUSIVE'),
    confidence,
    headline: plain(hypotheses[0]?.statement ?? firstSentence(report)),
    hypotheses,
    ruledOut: explanation.ruled_out ?? [],
    report: plain(report),
  };
}

/** The signals that prove it; analyses of the first method called them otherwise. */
export function signalsOf(evidence: EvidenceItem): string[] {
  return evidence.signals ?? evidence.signal_ids ?? [];
}

/** Where a click on a piece of evidence leads: its trace, with its signals marked. */
export function evidenceLink(evidence: EvidenceItem, incidentTrace: string | null): string | null {
  const trace = evidence.trace_id ?? incidentTrace;
  if (!trace) return null;
  const marks = signalsOf(evidence).slice(0, 50).map((id) => `signal=${encodeURIComponent(id)}`);
  return `/traces/${encodeURIComponent(trace)}${marks.length > 0 ? `?${marks.join('&')}` : ''}`;
}

/** Clients of the original API sent both 0.85 and 85. */
function percent(score: number): number {
  const value = score > 0 && score <= 1 ? score * 100 : score;
  return Math.round(Math.min(100, Math.max(0, Number.isFinite(value) ? value : 0)));
}

function firstSentence(report: string): string {
  const line = report
    .split('\n')
    .map((text) => text.replace(/^[#>*\-\s]+/, '').replace(/[*_`]+/g, '').trim())
    .find((text) => text !== '' && !/^(root cause|summary)( analysis)?:?$/i.test(text));
  return line ?? 'The analysis says nothing.';
}
