-- Incidents are formed anew whenever something arrives, so that the order of arrival does not matter. What a person
-- decided stays: a pinned subject is not moved again.

alter table incident drop constraint incident_status_check;
alter table incident add constraint incident_status_check
    check (status in ('OPEN', 'INVESTIGATING', 'RESOLVED', 'CLOSED', 'MERGED'));
-- where its subjects went; set exactly when the status is MERGED
alter table incident add column merged_into uuid references incident (id);
-- the resolved incident whose trouble came back too late to reopen it
alter table incident add column recurrence_of uuid references incident (id);

alter table incident_subject add column pinned boolean not null default false;
-- why it is here: the rule, what matched, and both in one sentence
alter table incident_subject add column rule text not null default '';
alter table incident_subject add column matched jsonb not null default '{}';
alter table incident_subject add column reason text not null default '';

-- An alert fires until its end is reported, or until nobody has renewed it for a while.
alter table observation add column expires_at timestamptz;
alter table observation add column generator_url text not null default '';

create index observation_expiring on observation (expires_at) where ends_at is null and expires_at is not null;

-- Which incident a firing belongs to. Apart from the firing, because it is written by grouping while whoever
-- reports the firing updates that row: in one row the two would wait for each other.
create table observation_incident (
    observation_id  bigint primary key,
    incident_id     uuid not null references incident (id),
    -- the firing as it was when it was grouped; a firing that differs is to be grouped again
    starts_at       timestamptz not null,
    ends_at         timestamptz,
    severity        text not null
);

create index observation_incident_by_incident on observation_incident (incident_id);

create index incident_by_time on incident (project_id, last_seen);

-- Who was seen to call whom.
create table call_edge (
    project_id  integer not null,
    caller      text not null,
    callee      text not null,
    seen_at     timestamptz not null,
    primary key (project_id, caller, callee)
);

create index call_edge_by_callee on call_edge (project_id, callee);

create view incident_subject_view as
select s.incident_id, s.project_id, s.subject, s.signal_count, s.rule, s.matched, s.reason, s.pinned,
       m.first_seen, m.last_seen
from incident_subject s
join lateral (select min(first_seen) as first_seen, max(last_seen) as last_seen from incident_member m
              where m.incident_id = s.incident_id and m.subject = s.subject) m on true;

create view incident_link_view as
select id as incident_id, project_id, merged_into, recurrence_of from incident;

do $$
begin
    grant select on incident_subject_view, incident_link_view to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
