-- What people do with an incident. INVESTIGATING is the original's word for acknowledged.
alter table incident drop constraint incident_status_check;
alter table incident add constraint incident_status_check
    check (status in ('OPEN', 'INVESTIGATING', 'SNOOZED', 'RESOLVED', 'CLOSED', 'MERGED'));

alter table incident
    -- grows with every move, assignment and comment; signals that join leave it alone, so that a storm does not make
    -- everybody's view of the incident stale
    add column revision           bigint not null default 0,
    add column assignee           text,
    add column acknowledged_at    timestamptz,
    -- when a signal last joined or a person last did something, on this server's clock: event times may be wild
    add column active_at          timestamptz not null default now(),
    add column snoozed_at         timestamptz,
    add column snoozed_until      timestamptz,
    -- null unless it wakes when it escalates; then by how much its rate has to grow, and how it was when it was snoozed
    add column snooze_factor      double precision,
    add column snooze_severity    text,
    add column snooze_kinds       integer,
    add column snooze_rate        double precision,
    -- the latest measurement of its rate
    add column snooze_signals     bigint,
    add column snooze_measured_at timestamptz,
    add column if not exists merged_into uuid references incident (id);

create index incident_quiet on incident (active_at) where status in ('OPEN', 'INVESTIGATING', 'SNOOZED');
create index incident_snoozed on incident (snoozed_until) where status = 'SNOOZED';
create index incident_merged on incident (merged_into) where merged_into is not null;

create function note_activity() returns trigger language plpgsql as $$
begin
    if (new.error_count, new.last_seen, new.severity, new.revision)
       is distinct from (old.error_count, old.last_seen, old.severity, old.revision) then
        new.active_at := now();
    end if;
    return new;
end $$;

create trigger activity before update on incident for each row execute function note_activity();

alter table incident_event
    -- the id of the announcement, too: whoever tells people about a transition tells once per id
    add column event_id      uuid not null default gen_random_uuid() unique,
    -- the name of the credential with which it was done; the actor is who the caller says it was
    add column credential    text,
    add column detail        jsonb not null default '{}',
    -- when it came true, where that is earlier than the entry: trouble ends before anybody can tell that it has
    add column effective_at  timestamptz;

create view incident_life_view as
select id, project_id, trace_id, title, status, severity, detected_at, resolved_at, first_seen, last_seen,
       affected_services, error_count, version, analyzed_version,
       case status when 'INVESTIGATING' then 'ACKNOWLEDGED' else status end as state,
       revision, assignee, acknowledged_at, merged_into, snoozed_at, snoozed_until, snooze_factor
from incident;

create view incident_member_view as
select m.incident_id, m.project_id, split_part(m.subject, ':', 1) as subject_kind,
       substr(m.subject, position(':' in m.subject) + 1) as subject, m.fingerprint, m.service, m.title, m.severity,
       m.origin, m.signals, m.first_seen, m.last_seen, coalesce(nullif(s.reason, ''), m.reason) as reason,
       nullif(s.rule, '') as rule, coalesce(s.matched, '{}') as matched, coalesce(s.pinned, false) as pinned
from incident_member m
left join incident_subject s on s.incident_id = m.incident_id and s.subject = m.subject;

create or replace view incident_event_view as
select e.id, e.incident_id, i.project_id, e.at, e.change, e.version, e.actor, e.comment, e.event_id, e.credential,
       e.detail, e.effective_at
from incident_event e join incident i on i.id = e.incident_id;

do $$
begin
    grant select on incident_life_view, incident_member_view to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
