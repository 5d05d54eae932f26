-- The append-only tables. Times are nanoseconds since 1970 (OpenTelemetry's unit; timestamptz would round to
-- microseconds). The primary key leads with the time, so that inserts touch the right-hand edge of the index.
-- Attributes are JSON kept as text: they are never searched in place, and text costs a third less to write.
-- Trace ids: 16 bytes for OpenTelemetry's 32 digits, otherwise UTF-8 closed by 0xFF (see IdCodec).

create table log_record (
    time        bigint not null,
    project_id  integer not null,
    signal_id   uuid not null,
    trace_id    bytea,
    span_id     bytea,
    service     text not null,
    level       text not null,
    message     text not null,
    attributes  text not null,
    resource    text,
    details     text,
    primary key (time, project_id, signal_id)
) partition by range (time);

create table span (
    time            bigint not null,
    project_id      integer not null,
    signal_id       uuid not null,
    trace_id        bytea not null,
    span_id         bytea not null,
    parent_span_id  bytea,
    service         text not null,
    name            text not null,
    kind            smallint not null,
    duration        bigint not null,
    status          text not null,
    status_message  text,
    attributes      text not null,
    resource        text,
    details         text,
    primary key (time, project_id, signal_id)
) partition by range (time);

create table metric_point (
    time        bigint not null,
    project_id  integer not null,
    signal_id   uuid not null,
    trace_id    bytea,
    service     text not null,
    name        text not null,
    kind        smallint not null,
    value       double precision not null,
    unit        text not null,
    attributes  text not null,
    resource    text,
    details     text,
    primary key (time, project_id, signal_id)
) partition by range (time);

-- What triage found, one row per signal that is a sign of trouble: the worker groups incidents from it without
-- reading the signals themselves.
create table problem (
    time         bigint not null,
    project_id   integer not null,
    signal_id    uuid not null,
    signal_type  smallint not null,
    trace_id     bytea,
    service      text not null,
    severity     smallint not null,
    fingerprint  text not null,
    title        text not null,
    -- when it was written, for the sweep that finds what the wire forgot
    stored_at    timestamptz not null default now(),
    primary key (time, project_id, signal_id)
) partition by range (time);

create table log_record_default partition of log_record default;
create table span_default partition of span default;
create table metric_point_default partition of metric_point default;
create table problem_default partition of problem default;

create index log_record_trace on log_record (project_id, trace_id) where trace_id is not null;
create index span_trace on span (project_id, trace_id);
create index metric_point_trace on metric_point (project_id, trace_id) where trace_id is not null;
create index problem_trace on problem (project_id, trace_id) where trace_id is not null;
create index problem_stored on problem using brin (stored_at);
create index problem_fingerprint on problem (project_id, fingerprint, time);

-- One row per id that a client chose. The time-leading keys above would not notice the same id under another
-- timestamp; ids that Whence derives from the content do not need it.
create table signal_key (
    project_id    integer not null,
    signal_id     uuid not null,
    content_hash  bigint not null,
    primary key (project_id, signal_id)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'telemetry is append-only: % on %', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

do $$
declare
    t text;
begin
    foreach t in array array['log_record', 'span', 'metric_point', 'problem', 'signal_key'] loop
        execute format('create trigger append_only before update or delete on %I '
                       'for each row execute function refuse_change()', t);
        execute format('create trigger append_only_whole before truncate on %I '
                       'for each statement execute function refuse_change()', t);
    end loop;
end $$;
