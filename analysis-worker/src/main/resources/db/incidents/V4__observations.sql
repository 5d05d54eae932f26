-- The kinds of work are the worker's business; a new one must not need a change of the table.
alter table job drop constraint job_kind_check;

-- Trouble that no single signal shows: what the detection saw in rates, latencies and missing statements, and what an
-- alert manager said. A row is one firing; it ends when whoever reported it says so. The fingerprint names what fires
-- and stays the same when it fires again.
create table observation (
    id           bigint generated always as identity primary key,
    project_id   integer not null,
    source       text not null check (source in ('ALERT', 'DETECTION')),
    fingerprint  text not null,
    -- the alert's name, or the kind of deviation
    name         text not null,
    -- empty when it names none
    service      text not null,
    operation    text not null,
    severity     text not null check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    title        text not null,
    labels       jsonb not null,
    annotations  jsonb not null,
    starts_at    timestamptz not null,
    -- null while it fires
    ends_at      timestamptz,
    received_at  timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (project_id, fingerprint, starts_at)
);

create index observation_by_time on observation (project_id, starts_at);
create index observation_firing on observation (project_id, fingerprint) where ends_at is null;
