-- Builds, from the request to their end. They are kept for good: a list of builds is a history. What a build was made
-- from is copied into it, because definitions change.
create table build (
    id                   bigint generated always as identity primary key,
    version              integer not null default 0,
    project_id           integer not null references project,
    config_id            bigint,
    definition           text,
    status               text not null
                         check (status in ('PENDING', 'QUEUED', 'IN_PROGRESS', 'SUCCESS', 'FAILURE', 'CANCELLED')),
    image_type           text not null,
    fedora_version       text not null,
    enable_plymouth      boolean not null,
    window_manager       text,
    desktop_environment  text,
    ref                  text not null,
    yaml_content         text not null,
    requested_by         text not null,
    -- Names the build to GitHub where its workflow shows it.
    marker               uuid not null unique,
    repository           text not null,
    workflow_run_id      bigint,
    workflow_url         text,
    workflow_status      text,
    conclusion           text,
    detail               text,
    created_at           timestamptz not null,
    started_at           timestamptz,
    completed_at         timestamptz,
    -- A run belongs to one build.
    unique (repository, workflow_run_id),
    check ((completed_at is not null) = (status in ('SUCCESS', 'FAILURE', 'CANCELLED')))
);

create index build_recent on build (project_id, created_at desc, id desc);

-- What is still to do for a build: a row per build that is not at its end, claimed with a fencing number (attempt) and
-- a lease on the database's clock. A process that dies loses its claims, and others go on.
create table build_task (
    build_id        bigint primary key references build,
    phase           text not null check (phase in ('PARKED', 'DISPATCH', 'ASKED', 'ACCEPTED', 'TRACK', 'STOP')),
    attempt         bigint not null default 0,
    owner           text,
    lease_until     timestamptz,
    due_at          timestamptz not null,
    failures        integer not null default 0,
    -- Of the dispatch: how often it was sent, since when, and the newest run that there was before.
    dispatches      integer not null default 0,
    first_asked_at  timestamptz,
    last_asked_at   timestamptz,
    newest_run      bigint,
    created_at      timestamptz not null default now()
);

create index build_task_due on build_task (due_at);

-- What happened to builds, in the order in which it was committed: writers take a lock that they keep until then, so
-- that whoever reads on from a number misses nothing.
create table build_event (
    id               bigint generated always as identity primary key,
    build_id         bigint not null references build,
    project_id       integer not null,
    at               timestamptz not null,
    status           text not null,
    workflow_run_id  bigint,
    workflow_url     text,
    conclusion       text,
    detail           text
);

create index build_event_of_build on build_event (build_id, id);

-- Deliveries of GitHub that were taken. The signature covers the body alone, so a body that comes again under another
-- number is known by its signature.
create table github_delivery (
    delivery_id  text primary key,
    signature    bytea not null unique,
    event        text not null,
    received_at  timestamptz not null default now()
);

create index github_delivery_age on github_delivery (received_at);

-- Events that were decided in a transaction and still have to reach the wire. A row exists exactly from the commit
-- until the wire has taken it.
create table announcement (
    id          bigint generated always as identity primary key,
    topic       text not null,
    key         text not null,
    payload     text not null,
    created_at  timestamptz not null default now()
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
