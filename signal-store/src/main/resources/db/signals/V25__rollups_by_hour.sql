-- What services did, by the minute and by the hour (ADR 029), so that a day is answered without reading every operation
-- of every minute. Like the rollups of minutes these are written as a whole and never added up.

-- sketch: of the durations, as DurationSketch has them: two bytes for each bucket and four for how many it holds. An
-- array of the same takes PostgreSQL ten times as long to send.
-- entry: of spans by which somebody else came in (server, consumer), or of all others.
create table rollup_service (
    project_id  integer not null,
    minute      integer not null,
    entry       boolean not null,
    calls       bigint not null,
    errors      bigint not null,
    service     text not null,
    sketch      bytea not null
);
create index rollup_service_minute on rollup_service (project_id, minute);
-- A name may be longer than an index entry.
create index rollup_service_name on rollup_service (project_id, left(service, 100), minute);
create index rollup_log_name on rollup_log (project_id, left(service, 100), minute);

-- The same once more; null where a worker of the release before counted.
alter table rollup_edge add column sketch bytea, add column gap_sketch bytea;

-- An hour, by its first minute. What was made of it counts only while made says so: whoever writes one of its minutes
-- takes that back in the same transaction, and it is made again when it has been left alone for a while.
create table rollup_hour (
    project_id  integer not null,
    minute      integer not null,
    made        boolean not null default false,
    touched_at  timestamptz not null default now(),
    primary key (project_id, minute)
) with (fillfactor = 80);
create index rollup_hour_due on rollup_hour (touched_at) where not made;

-- last_minute: the last one with data. *_by_five: of each five minutes of the hour.
create table rollup_hour_service (
    project_id      integer not null,
    minute          integer not null,
    last_minute     integer not null,
    entry           boolean not null,
    calls           bigint not null,
    errors          bigint not null,
    service         text not null,
    sketch          bytea not null,
    calls_by_five   bigint[] not null,
    errors_by_five  bigint[] not null
);
create index rollup_hour_service_minute on rollup_hour_service (project_id, minute);
create table rollup_hour_span (like rollup_span including defaults);
create index rollup_hour_span_minute on rollup_hour_span (project_id, minute);
create table rollup_hour_edge (
    project_id  integer not null,
    minute      integer not null,
    calls       bigint not null,
    errors      bigint not null,
    caller      text not null,
    callee      text not null,
    sketch      bytea not null,
    gap_sketch  bytea not null
);
create index rollup_hour_edge_minute on rollup_hour_edge (project_id, minute);
create table rollup_hour_log (
    project_id   integer not null,
    minute       integer not null,
    last_minute  integer not null,
    count        bigint not null,
    service      text not null,
    severity     text not null
);
create index rollup_hour_log_minute on rollup_hour_log (project_id, minute);
create table rollup_hour_point (
    project_id  integer not null,
    minute      integer not null,
    count       bigint not null,
    service     text not null
);
create index rollup_hour_point_minute on rollup_hour_point (project_id, minute);

-- When the worker that counts was last there: without it, nothing says that minutes wait to be counted.
create table rollup_worker (
    one      boolean primary key default true check (one),
    seen_at  timestamptz not null
);

-- At the commit, so that counters of one hour's minutes do not wait for each other's counting; and here, so that it
-- holds for a worker of the release before as well.
create function unmake_hour() returns trigger language plpgsql set search_path from current as $$
declare
    changed record := coalesce(new, old);
begin
    insert into rollup_hour (project_id, minute) values (changed.project_id, changed.minute - changed.minute % 60)
    on conflict (project_id, minute) do update set made = false, touched_at = clock_timestamp();
    return null;
end $$;
create constraint trigger unmake_hour after insert or update on rollup_minute
    deferrable initially deferred for each row execute function unmake_hour();

insert into rollup_hour (project_id, minute) select distinct project_id, minute - minute % 60 from rollup_minute;

-- The roles exist where the installing user was allowed to make them (V4).
do $$
begin
    if exists (select from pg_roles where rolname = 'whence_query') then
        grant select on rollup_service, rollup_hour, rollup_hour_service, rollup_hour_span, rollup_hour_edge,
            rollup_hour_log, rollup_hour_point, rollup_worker to whence_query;
    end if;
    if exists (select from pg_roles where rolname = 'whence_analysis') then
        grant select, insert, update, delete on rollup_service, rollup_hour, rollup_hour_service, rollup_hour_span,
            rollup_hour_edge, rollup_hour_log, rollup_hour_point, rollup_worker to whence_analysis;
    end if;
exception when insufficient_privilege then
    raise notice 'the rights on rollups could not be given: %', sqlerrm;
end $$;
