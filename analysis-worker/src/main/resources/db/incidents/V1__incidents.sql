-- Incidents have a life and are JPA aggregates; what they are made of (subjects, members) is derived from the
-- append-only problems and can be computed again at any time.

create table incident (
    id                 uuid primary key,
    project_id         integer not null,
    -- the trace that opened it, as the original API showed it; empty when signals without a trace did
    trace_id           text not null,
    title              text not null,
    status             text not null check (status in ('OPEN', 'INVESTIGATING', 'RESOLVED', 'CLOSED')),
    severity           text not null check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    detected_at        timestamptz not null,
    resolved_at        timestamptz,
    first_seen         timestamptz not null,
    last_seen          timestamptz not null,
    affected_services  text[] not null,
    error_count        bigint not null,
    -- grows whenever signals join; an analysis belongs to one version
    version            bigint not null,
    analyzed_version   bigint not null default 0,
    lock_version       bigint not null
);

create index incident_recent on incident (project_id, detected_at desc);
create index incident_active on incident (project_id, last_seen) where status in ('OPEN', 'INVESTIGATING');

-- A trace, or a fingerprint of signals without one, that belongs to an incident.
create table incident_subject (
    incident_id   uuid not null references incident (id),
    project_id    integer not null,
    subject       text not null,
    signal_count  bigint not null,
    primary key (incident_id, subject)
);

create index incident_subject_by_subject on incident_subject (project_id, subject);

-- One kind of trouble on one subject. Rows are set, not added to, so that grouping again changes nothing.
create table incident_member (
    incident_id  uuid not null references incident (id),
    project_id   integer not null,
    subject      text not null,
    fingerprint  text not null,
    service      text not null,
    title        text not null,
    severity     text not null,
    -- whether the trouble began here, as far as the trace tells; the others are symptoms, which other faults share
    origin       boolean not null,
    signals      bigint not null,
    first_seen   timestamptz not null,
    last_seen    timestamptz not null,
    -- why it was grouped here
    reason       text not null,
    primary key (incident_id, subject, fingerprint)
);

create index incident_member_by_fingerprint on incident_member (project_id, fingerprint, last_seen);
create index incident_member_by_service on incident_member (project_id, service, last_seen);

-- Every transition, for ever.
create table incident_event (
    id           bigint generated always as identity primary key,
    incident_id  uuid not null references incident (id),
    at           timestamptz not null default now(),
    change       text not null,
    version      bigint not null,
    actor        text not null,
    comment      text
);

create index incident_event_by_incident on incident_event (incident_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the history of incidents is append-only' using errcode = 'insufficient_privilege';
end $$;

create trigger append_only before update or delete on incident_event
    for each row execute function refuse_change();
