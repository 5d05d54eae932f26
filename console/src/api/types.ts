// The shapes of the query API. Fields that only newer services send are optional: the console shows what there is.

export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type IncidentStatus = 'open' | 'investigating' | 'resolved' | 'closed';
export type SignalType = 'log' | 'trace' | 'metric';

export interface Page<T> {
  items: T[];
  total: number;
  limit: number;
  offset: number;
}

export interface Signal {
  id: string;
  signal_type: SignalType;
  trace_id: string | null;
  service_name: string;
  timestamp: string;
  payload: Record<string, unknown>;
}

export interface IncidentProblem {
  service: string;
  title: string;
  severity?: string;
  /** How many signals show it. */
  signals?: number;
  first_seen?: string;
  last_seen?: string;
  reason?: string;
}

export interface Incident {
  id: string;
  trace_id: string | null;
  status: IncidentStatus;
  severity: Severity;
  detected_at: string;
  resolved_at: string | null;
  affected_services: string[];
  error_count: number;
  title?: string;
  first_seen?: string;
  last_seen?: string;
  version?: number;
  problems?: IncidentProblem[];
  /** Those with most signals first. */
  traces?: { trace_id: string; signal_count: number }[];
  /** What happened to it, oldest first. */
  events?: { at: string; change: string; actor?: string; comment?: string | null }[];
}

export interface EvidenceItem {
  kind: string;
  statement: string;
  signals?: string[];
  signal_ids?: string[];
  trace_id?: string | null;
}

export interface Hypothesis {
  rank: number;
  service: string;
  operation?: string | null;
  score: number;
  statement: string;
  evidence?: EvidenceItem[];
}

export type Verdict = 'CONCLUSIVE' | 'LIKELY' | 'INCONCLUSIVE';

export interface Explanation {
  full_report?: string;
  verdict?: Verdict;
  hypotheses?: Hypothesis[];
  ruled_out?: { service: string; reason: string }[];
}

export interface Analysis {
  id: string;
  incident_id: string;
  root_cause: string;
  confidence_score: number;
  evidence_signals: string[];
  ai_explanation: Explanation | null;
  generated_at: string;
}
