-- What the query service may rely on; the tables behind may change.

create view incident_view as
select id, project_id, trace_id, title, status, severity, detected_at, resolved_at, first_seen, last_seen,
       affected_services, error_count, version, analyzed_version
from incident;

create view incident_problem_view as
select incident_id, project_id, fingerprint, min(service) as service, min(title) as title,
       (array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'])[max(array_position(array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
                                                                       severity))] as severity,
       sum(signals) as signals, min(first_seen) as first_seen, max(last_seen) as last_seen, min(reason) as reason
from incident_member
group by incident_id, project_id, fingerprint;

create view incident_trace_view as
select incident_id, project_id, substr(subject, 7) as trace_id, signal_count
from incident_subject
where subject like 'TRACE:%';

create view incident_event_view as
select e.id, e.incident_id, i.project_id, e.at, e.change, e.version, e.actor, e.comment
from incident_event e join incident i on i.id = e.incident_id;

create view analysis_view as
select id, project_id, incident_id, incident_version, root_cause, verdict, confidence_score, evidence_signals,
       ai_explanation, generated_at
from analysis;

do $$
begin
    grant usage on schema incidents to whence_query;
    grant select on incident_view, incident_problem_view, incident_trace_view, incident_event_view, analysis_view
        to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
