import { Link, useParams } from 'react-router';
import { useAnalysis, useIncident } from '../api/queries';
import type { Incident } from '../api/types';
import { serviceLink } from '../service/link';
import { Failure } from '../ui/Failure';
import { Ago, Loading, Panel, Service, SeverityBadge, StatusBadge } from '../ui/parts';
import { plain, whole } from '../ui/text';
import { Actions } from './Actions';
import { CauseCard } from './CauseCard';
import { CausePath } from './CausePath';
import { causeOf } from './cause';
import { SeenBefore, WhyGrouped } from './Grouping';
import { Hypotheses } from './Hypotheses';
import { affectedQuery, duringOf } from './during';
import { titleOf } from './IncidentRow';
import { PendingAnalysis } from './PendingAnalysis';
import { Timeline } from './Timeline';
import { WasThisRight } from './WasThisRight';

const TRACES_SHOWN = 8;
/** Beyond it, when it began and when it was noticed are two things to know. */
const NOTICED_LATE_MS = 60_000;

export function IncidentDetail() {
  const { id = '' } = useParams();
  const incident = useIncident(id);
  const analysis = useAnalysis(id);

  if (!incident.data) return incident.error ? <Failure error={incident.error} /> : <Loading what="the incident" />;
  const cause = analysis.data ? causeOf(analysis.data) : null;
  const lost = analysis.error && analysis.data === undefined;
  return (
    <>
      <Heading incident={incident.data} />
      {incident.data.revision !== undefined && <Actions incident={incident.data} />}
      {cause && analysis.data && (
        <CauseCard cause={cause} during={duringOf(incident.data)}>
          <WasThisRight analysis={analysis.data} incident={incident.data} />
        </CauseCard>
      )}
      {analysis.data === null && <PendingAnalysis incident={incident.data} />}
      {lost && <Failure error={analysis.error} />}
      <div className="columns">
        <div className="stack">
          {cause && <CausePath cause={cause} incident={incident.data} />}
          {cause && <Hypotheses cause={cause} incident={incident.data} />}
          {cause?.report && (
            <details className="panel report">
              <summary>The whole report</summary>
              <pre>{cause.report}</pre>
            </details>
          )}
        </div>
        <div className="stack">
          <Timeline incident={incident.data} cause={cause} analysedAt={analysis.data?.generated_at} />
          <SeenBefore incident={incident.data} />
          <Affected incident={incident.data} />
          <WhyGrouped incident={incident.data} />
          <Traces incident={incident.data} />
        </div>
      </div>
    </>
  );
}

function Heading({ incident }: { incident: Incident }) {
  return (
    <header className={`heading sev-${incident.severity}`}>
      <p className="crumbs">
        <Link to="/incidents">Incidents</Link> / <code>{incident.id.slice(0, 8)}</code>
      </p>
      <h1>{titleOf(incident)}</h1>
      <p className="tags">
        <SeverityBadge severity={incident.severity} />
        <StatusBadge status={incident.state ?? incident.status} />
        {incident.assignee && <span>{plain(incident.assignee)} is on it</span>}
        {incident.merged_into && <Link to={`/incidents/${encodeURIComponent(incident.merged_into)}`}>see the incident it was merged into</Link>}
        {incident.first_seen && Date.parse(incident.detected_at) - Date.parse(incident.first_seen) > NOTICED_LATE_MS ? (
          <span>
            began <Ago at={incident.first_seen} />, noticed <Ago at={incident.detected_at} />
          </span>
        ) : (
          <span>
            opened <Ago at={incident.detected_at} />
          </span>
        )}
        {incident.last_seen && (
          <span>
            last seen <Ago at={incident.last_seen} />
          </span>
        )}
        <span>{whole(incident.error_count)} signals</span>
        {incident.trace_id && <Link to={`/traces/${encodeURIComponent(incident.trace_id)}`}>Open the trace</Link>}
        <Link to={`/logs?${new URLSearchParams({ q: affectedQuery(incident), ...duringOf(incident) })}`}>Logs of its time</Link>
        <Link to={`/spans?${new URLSearchParams({ q: `${affectedQuery(incident)} status:error`.trim(), ...duringOf(incident) })}`}>Failed spans</Link>
      </p>
    </header>
  );
}

function Affected({ incident }: { incident: Incident }) {
  const problems = incident.problems ?? [];
  return (
    <Panel title={`Affected services (${incident.affected_services.length})`}>
      <ul className="affected">
        {incident.affected_services.map((service) => {
          const own = problems.filter((problem) => problem.service === service);
          return (
            <li key={service}>
              <Link to={serviceLink(service, duringOf(incident))}>
                <Service name={service} />
              </Link>
              {own.map((problem, index) => (
                <p key={index}>
                  {plain(problem.title)}
                  {problem.signals !== undefined && <span className="faint"> × {whole(problem.signals)}</span>}
                  {problem.reason && <span className="faint"> · {plain(problem.reason)}</span>}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Traces({ incident }: { incident: Incident }) {
  const traces = (incident.traces ?? []).filter((trace) => trace.trace_id !== incident.trace_id);
  if (traces.length === 0) return null;
  return (
    <Panel title={`Other traces with the same trouble (${whole(traces.length)})`}>
      <ul className="links">
        {traces.slice(0, TRACES_SHOWN).map((trace) => (
          <li key={trace.trace_id} className="line">
            <Link to={`/traces/${encodeURIComponent(trace.trace_id)}`}>
              <code>{plain(trace.trace_id)}</code>
            </Link>
            <span className="faint">{whole(trace.signal_count)} signals</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
