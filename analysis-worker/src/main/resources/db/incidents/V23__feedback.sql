-- Whether an analysis was right, as people say. The newest word of each person counts.
create table analysis_feedback (
    id                uuid primary key,
    project_id        integer not null,
    analysis_id       uuid not null references analysis (id),
    incident_id       uuid not null references incident (id),
    incident_version  bigint not null,
    correct           boolean not null,
    -- which service it was, where that was said
    service           text,
    note              text,
    actor             text not null,
    credential        text not null,
    at                timestamptz not null default clock_timestamp()
);

create index analysis_feedback_by_analysis on analysis_feedback (analysis_id, actor, at desc);
create index analysis_feedback_recent on analysis_feedback (project_id, at);

create trigger append_only before update or delete on analysis_feedback
    for each row execute function refuse_change();

create view analysis_feedback_view as
select f.id, f.project_id, f.analysis_id, f.incident_id, f.incident_version, f.correct, f.service, f.note, f.actor, f.at,
       not exists (select 1 from analysis_feedback later
                   where later.analysis_id = f.analysis_id and later.actor = f.actor
                     and (later.at, later.id) > (f.at, f.id)) as latest
from analysis_feedback f;

-- Everything that was ever answered, for the history.
create view analysis_history_view as
select id, project_id, incident_id, incident_version, attempt, verdict, confidence_score, ai_explanation, generated_at
from analysis;

do $$
begin
    grant select on analysis_history_view, analysis_feedback_view to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
