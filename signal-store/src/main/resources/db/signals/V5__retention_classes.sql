-- The three telemetry tables by retention, and below that by day, so that telemetry ends by dropping a partition
-- whatever its project chose to keep. retention_days is the choice at the time of writing; it closes the primary key
-- because PostgreSQL wants every partition key in it. received is the time by ingest's clock: rows whose event time
-- lies lie in a default partition and end by it, and by nothing else.
-- The hash index on the trace costs the least of the exact ones (ADR 009); it also serves several traces at once.

alter table log_record rename to log_record_old;
alter table log_record_default rename to log_record_old_default;
alter table span rename to span_old;
alter table span_default rename to span_old_default;
alter table metric_point rename to metric_point_old;
alter table metric_point_default rename to metric_point_old_default;

create table log_record (
    time            bigint not null,
    received        bigint not null,
    signal_id       uuid not null,
    project_id      integer not null,
    retention_days  smallint not null,
    trace_id        bytea,
    span_id         bytea,
    service         text not null,
    level           text not null,
    message         text not null,
    attributes      text not null,
    resource        text,
    details         text
) partition by list (retention_days);

create table span (
    time            bigint not null,
    received        bigint not null,
    signal_id       uuid not null,
    project_id      integer not null,
    retention_days  smallint not null,
    kind            smallint not null,
    duration        bigint not null,
    trace_id        bytea not null,
    span_id         bytea not null,
    parent_span_id  bytea,
    service         text not null,
    name            text not null,
    status          text not null,
    status_message  text,
    attributes      text not null,
    resource        text,
    details         text
) partition by list (retention_days);

create table metric_point (
    time            bigint not null,
    received        bigint not null,
    signal_id       uuid not null,
    project_id      integer not null,
    retention_days  smallint not null,
    kind            smallint not null,
    value           double precision not null,
    trace_id        bytea,
    service         text not null,
    name            text not null,
    unit            text not null,
    attributes      text not null,
    resource        text,
    details         text
) partition by list (retention_days);

alter table signal_key add column received bigint not null
    default (extract(epoch from clock_timestamp()) * 1000000000)::bigint;
create index signal_key_received on signal_key using brin (received);

-- What a project keeps, in days; project 0 stands for all that have no row of their own.
create table retention (
    project_id   integer not null,
    signal_type  smallint not null check (signal_type between 0 and 2),
    days         smallint not null check (days between 1 and 3650),
    primary key (project_id, signal_type)
);

do $$
declare
    t text;
begin
    foreach t in array array['log_record', 'span', 'metric_point'] loop
        execute format('alter table %I add primary key (time, project_id, signal_id, retention_days)', t);
        execute format('create index on %I using hash (trace_id) where trace_id is not null', t);
        execute format('create table %I partition of %I default', t || '_default', t);
        execute format('create trigger append_only before update or delete on %I '
                       'for each row execute function refuse_change()', t);
        execute format('create trigger append_only_whole before truncate on %I '
                       'for each statement execute function refuse_change()', t);
    end loop;
end $$;

insert into log_record (time, received, signal_id, project_id, retention_days, trace_id, span_id, service, level,
                        message, attributes, resource, details)
    select time, extract(epoch from now())::bigint * 1000000000, signal_id, project_id, 30, trace_id, span_id,
           service, level, message, attributes, resource, details from log_record_old;
insert into span (time, received, signal_id, project_id, retention_days, kind, duration, trace_id, span_id,
                  parent_span_id, service, name, status, status_message, attributes, resource, details)
    select time, extract(epoch from now())::bigint * 1000000000, signal_id, project_id, 30, kind, duration, trace_id,
           span_id, parent_span_id, service, name, status, status_message, attributes, resource, details from span_old;
insert into metric_point (time, received, signal_id, project_id, retention_days, kind, value, trace_id, service, name,
                          unit, attributes, resource, details)
    select time, extract(epoch from now())::bigint * 1000000000, signal_id, project_id, 30, kind, value, trace_id,
           service, name, unit, attributes, resource, details from metric_point_old;
drop table log_record_old, span_old, metric_point_old;

-- Partitions are made, closed and dropped by the owner itself from here on.
drop function make_partitions(date, integer);

-- Expiry of what no partition carries away: the owner alone may delete, and only after saying so.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('whence.expiry', true) = 'on' then
        return old;
    end if;
    raise exception 'telemetry is append-only: % on %', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

do $$
begin
    grant select on log_record, span, metric_point, retention to whence_ingest, whence_query, whence_analysis;
    grant insert on log_record, span, metric_point to whence_ingest;
    grant insert, update, delete on retention to whence_ingest;
exception when undefined_object or insufficient_privilege then
    raise notice 'the roles of the services do not exist: %', sqlerrm;
end $$;
