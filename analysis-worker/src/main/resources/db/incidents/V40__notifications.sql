-- Who hears of what happens to incidents, and what was said to whom.

create table notification_channel (
    id             uuid primary key,
    project_id     integer not null,
    name           text not null,
    kind           text not null,
    enabled        boolean not null,
    -- what people may see of where it leads
    target         text not null,
    -- where it leads and its secrets, sealed with the key of the configuration
    settings       bytea not null,
    rate_messages  integer not null,
    rate_seconds   integer not null,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    -- what was sent through it stays readable
    deleted_at     timestamptz
);

create unique index notification_channel_name on notification_channel (project_id, name) where deleted_at is null;

create table notification_route (
    id            uuid primary key,
    project_id    integer not null,
    channel_id    uuid not null references notification_channel (id),
    -- empty for all
    services      text[] not null,
    min_severity  text not null,
    strategy      text not null,
    enabled       boolean not null,
    created_at    timestamptz not null default now()
);

create index notification_route_by_project on notification_route (project_id);

create table maintenance_window (
    id          uuid primary key,
    project_id  integer not null,
    -- empty for all
    services    text[] not null,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    reason      text not null,
    created_by  text not null,
    created_at  timestamptz not null default now()
);

create index maintenance_window_by_end on maintenance_window (project_id, ends_at);

-- One message for one channel about one transition of one incident.
create table delivery (
    id           uuid primary key,
    -- the order in which they are sent
    seq          bigint generated always as identity,
    project_id   integer not null,
    channel_id   uuid not null references notification_channel (id),
    -- null for a summary and a test
    incident_id  uuid,
    -- event:N of incident_event, analysis:V for the analysis of that version, summary:ID, test:ID
    transition   text not null,
    type         text not null,
    state        text not null check (state in ('PENDING', 'HELD', 'SENT', 'FAILED', 'SUMMARISED', 'FOLDED', 'SUPERSEDED')),
    actor        text,
    comment      text,
    occurred_at  timestamptz not null,
    created_at   timestamptz not null default now(),
    due_at       timestamptz not null default now(),
    give_up_at   timestamptz not null,
    attempts     integer not null default 0,
    -- what it says: fixed before it is sent for the first time, so that it says the same when it is sent again
    message      jsonb,
    held_by      text check (held_by in ('MAINTENANCE', 'RATE')),
    summary_id   uuid references delivery (id),
    sent_at      timestamptz,
    last_status  integer,
    last_detail  text,
    -- never two messages for one transition, whoever tries
    unique nulls not distinct (incident_id, transition, channel_id)
);

create index delivery_waiting on delivery (channel_id, seq) where state in ('PENDING', 'HELD');
create index delivery_sent on delivery (channel_id, sent_at);
create index delivery_log on delivery (project_id, seq);
create index delivery_by_summary on delivery (summary_id) where summary_id is not null;

-- Every try, for the log.
create table delivery_attempt (
    id           bigint generated always as identity primary key,
    delivery_id  uuid not null references delivery (id),
    at           timestamptz not null default clock_timestamp(),
    outcome      text not null check (outcome in ('SENT', 'RETRY', 'FAILED')),
    status       integer,
    detail       text not null,
    response     text,
    took_ms      integer not null
);

create index delivery_attempt_by_delivery on delivery_attempt (delivery_id, id);

-- Up to where the transitions of an incident have been turned into deliveries: who routes an incident to a channel later
-- is not told what is long over.
create table notified (
    incident_id       uuid primary key,
    event_id          bigint not null,
    analysis_version  bigint not null
);

-- For finding what the wire forgot.
create index incident_event_recent on incident_event (at);
create index analysis_recent on analysis (generated_at);
