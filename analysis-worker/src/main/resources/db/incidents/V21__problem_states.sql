-- One row per fingerprint that grouping has met, with what people decided about it. What it is now (new, ongoing,
-- regressed, resolved, ignored) follows from the times, so that nothing has to be kept in step.
create table problem_state (
    project_id   integer not null,
    fingerprint  text not null,
    service      text not null,
    title        text not null,
    severity     text not null check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    -- event times
    first_seen   timestamptz not null,
    last_seen    timestamptz not null,
    -- this server's time
    met_at       timestamptz not null default now(),
    resolved_at  timestamptz,
    ignored_at   timestamptz,
    changed_at   timestamptz,
    changed_by   text,
    note         text,
    primary key (project_id, fingerprint)
) with (fillfactor = 80);

create index problem_state_recent on problem_state (project_id, last_seen desc, fingerprint);

-- Every decision, for ever.
create table problem_event (
    id           bigint generated always as identity primary key,
    project_id   integer not null,
    fingerprint  text not null,
    at           timestamptz not null default now(),
    change       text not null,
    actor        text not null,
    credential   text,
    note         text,
    foreign key (project_id, fingerprint) references problem_state (project_id, fingerprint)
);

create index problem_event_by_problem on problem_event (project_id, fingerprint, id);

create trigger append_only before update or delete on problem_event
    for each row execute function refuse_change();

-- Problems that the members of incidents know already.
insert into problem_state (project_id, fingerprint, service, title, severity, first_seen, last_seen, met_at)
select project_id, fingerprint, min(service), min(title),
       (array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'])[max(array_position(array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
                                                                       severity))],
       min(first_seen), max(last_seen), min(first_seen)
from incident_member group by project_id, fingerprint;

-- New is what was met within a day: long enough for somebody to read about it, short enough to mean something.
create view problem_view as
select project_id, fingerprint, service, title, severity, first_seen, last_seen, changed_at, changed_by, note,
       case when ignored_at is not null then 'IGNORED'
            when resolved_at is not null and last_seen > resolved_at then 'REGRESSED'
            when resolved_at is not null then 'RESOLVED'
            when met_at > now() - interval '24 hours' then 'NEW'
            else 'ONGOING' end as state
from problem_state;

do $$
begin
    grant select on problem_view to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
