-- What services did in a piece of normal time, counted from its spans and logs. A cache: every row can be counted
-- again while the telemetry is there. Incidents are compared with some of them.
create table conduct (
    project_id  integer not null,
    from_time   timestamptz not null,
    to_time     timestamptz not null,
    counters    bytea not null,
    primary key (project_id, from_time, to_time)
);


alter table analysis add column method_version text not null default '1';
alter table analysis add column duration_ms double precision;

-- The signals that some analysis of the incident rests on; they are kept beyond their retention.
create table evidence (
    incident_id  uuid not null references incident (id),
    signal_id    uuid not null,
    primary key (incident_id, signal_id)
);

create view evidence_view as
select e.incident_id, i.project_id, e.signal_id
from evidence e join incident i on i.id = e.incident_id;

create view backlog_view as
select project_id, kind, count(*) as waiting
from job where wanted_version > done_version group by project_id, kind;

do $$
begin
    grant select on evidence_view, backlog_view to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
