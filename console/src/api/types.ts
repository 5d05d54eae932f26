// The shapes of the query API. Fields that only newer services send are optional: the console shows what there is.

export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type IncidentStatus = 'open' | 'investigating' | 'resolved' | 'closed';
export type SignalType = 'log' | 'trace' | 'metric';

export interface Page<T> {
  items: T[];
  total: number;
  /** Whether there may be more than were counted. */
  total_capped?: boolean;
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
  fingerprint?: string;
  service: string;
  title: string;
  severity?: string;
  /** How many signals show it. */
  signals?: number;
  first_seen?: string;
  last_seen?: string;
  reason?: string;
  state?: ProblemState | null;
}

export type ProblemState = 'new' | 'ongoing' | 'regressed' | 'resolved' | 'ignored';

/** Finer than the status of the original API. */
export type IncidentState = 'open' | 'acknowledged' | 'snoozed' | 'resolved' | 'closed' | 'merged';

export interface Snooze {
  until?: string | null;
  until_escalates?: boolean;
  rate_factor?: number | null;
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
  state?: IncidentState;
  /** Grows with what people do. */
  revision?: number;
  assignee?: string | null;
  acknowledged_at?: string | null;
  merged_into?: string | null;
  snooze?: Snooze | null;
  problems?: IncidentProblem[];
  members?: IncidentMember[];
  /** Those with most signals first. */
  traces?: { trace_id: string; signal_count: number }[];
  /** What happened to it, oldest first. */
  events?: { at: string; change: string; actor?: string; comment?: string | null }[];
  timeline?: TimelineEntry[];
  seen_before?: EarlierIncident[];
}

/** One thing that was grouped into the incident, and why. */
export interface IncidentMember {
  subject_kind: 'trace' | 'fingerprint' | 'observation';
  subject: string;
  service: string;
  title: string;
  severity: string;
  origin?: boolean;
  signals?: number;
  first_seen?: string;
  reason: string;
}

export interface TimelineEntry {
  at: string;
  kind: 'anomaly' | 'problem' | 'change' | 'action' | 'analysis';
  what: string;
  service?: string | null;
  actor?: string | null;
  link?: string | null;
  note?: string | null;
}

export interface EarlierIncident {
  id: string;
  title: string;
  detected_at: string;
  resolved_at?: string | null;
  state: IncidentState;
  shared_problems: number;
  resolved_by?: string | null;
  note?: string | null;
}

export interface FacetValue {
  value: string | null;
  count: number;
}

export interface Facets {
  total: number;
  state?: FacetValue[];
  severity?: FacetValue[];
  service?: FacetValue[];
  assignee?: FacetValue[];
}

export interface Stats {
  incidents: number;
  resolved: number;
  mtta: { count: number; mean_seconds: number; median_seconds: number } | null;
  mttr: { count: number; mean_seconds: number; median_seconds: number } | null;
}

/** What an action answers. */
export interface ActionOutcome {
  id: string;
  state: IncidentState;
  revision: number;
  changed: boolean;
}

export interface BulkOutcome {
  results: { id: string; ok: boolean; detail?: string | null }[];
  changed: number;
  unchanged: number;
  failed: number;
}

export interface EvidenceItem {
  kind: string;
  statement: string;
  /** How surprising it is in normal time: -log10 of a probability. */
  strength?: number;
  signals?: string[];
  /** What older analyses called `signals`. */
  signal_ids?: string[];
  trace_id?: string | null;
  /** The request that shows the data again. */
  query?: string | null;
}

export interface Hypothesis {
  rank: number;
  service: string;
  level?: string;
  operation?: string | null;
  code_region?: string | null;
  resource?: string | null;
  instance?: string | null;
  host?: string | null;
  score: number;
  statement: string;
  evidence?: EvidenceItem[];
}

export type Verdict = 'CONCLUSIVE' | 'LIKELY' | 'INCONCLUSIVE';

/** One step of the path from the cause to the symptom. */
export interface PathStep {
  from: string;
  to: string;
  kind?: string;
  statement: string;
  first_seen?: string | null;
  signals?: string[];
}

export interface Explanation {
  full_report?: string;
  method_version?: string;
  verdict?: Verdict;
  window?: { start: string; end: string; reference_minutes?: number };
  hypotheses?: Hypothesis[];
  /** How the ranking would be without one kind of evidence, for each kind that was found. */
  without?: { evidence: string; ranking: { service: string; score: number }[] }[];
  ranking?: { service: string; score: number }[];
  path?: PathStep[];
  ruled_out?: { service: string; reason: string }[];
  blast_radius?: { services?: string[]; operations?: string[]; traces?: number; calls?: { caller: string; callee: string }[] };
  timeline?: { at: string; what: string; service?: string | null; kind?: string; signals?: string[] }[];
  narration?: string | null;
}

export interface Feedback {
  incident_version: number;
  right: boolean;
  service?: string | null;
  note?: string | null;
  actor: string;
  at: string;
}

export interface Analysis {
  id: string;
  incident_id: string;
  root_cause: string;
  confidence_score: number;
  evidence_signals: string[];
  ai_explanation: Explanation | null;
  generated_at: string;
  incident_version?: number;
  feedback?: Feedback[];
}
