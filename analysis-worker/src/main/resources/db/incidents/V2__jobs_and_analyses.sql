-- Work that has to be done at least once: bring the incident of a subject up to date (GROUP), analyse an incident
-- (ANALYSE). A job is level-triggered: it has work while wanted_version is ahead of done_version.
create table job (
    id              bigint generated always as identity primary key,
    project_id      integer not null,
    kind            text not null check (kind in ('GROUP', 'ANALYSE')),
    subject         text not null,
    wanted_version  bigint not null,
    done_version    bigint not null default 0,
    not_before      timestamptz not null default now(),
    -- the fencing token: whoever claims the job takes the next number, and only its bearer may finish
    attempt         bigint not null default 0,
    owner           text,
    lease_until     timestamptz,
    -- when the newest finished run had started to look
    looked_at       timestamptz,
    failures        integer not null default 0,
    last_error      text,
    unique (project_id, kind, subject)
) with (fillfactor = 80);

create index job_due on job (not_before) where wanted_version > done_version;

create table analysis (
    id                uuid primary key,
    project_id        integer not null,
    incident_id       uuid not null references incident (id),
    incident_version  bigint not null,
    attempt           bigint not null,
    root_cause        text not null,
    verdict           text not null,
    confidence_score  double precision not null,
    evidence_signals  uuid[] not null,
    ai_explanation    jsonb not null,
    generated_at      timestamptz not null default now(),
    -- the last line of defence: whatever locks and leases did, one analysis per version
    unique (project_id, incident_id, incident_version)
);
