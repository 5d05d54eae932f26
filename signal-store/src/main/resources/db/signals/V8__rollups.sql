-- What happened in each minute, counted from the stored rows (ADR 011). A minute is numbered since 1970 and is always
-- written as a whole: its rows are deleted and inserted again in one transaction, so nothing here is ever added up.
-- rollup_minute has the one row that counters of the same minute wait for each other at. The other indexes are not
-- unique: many equal keys take a fraction of the room, and names may be longer than an index entry.

create table rollup_minute (
    project_id  integer not null,
    minute      integer not null,
    spans       bigint not null default 0,
    errors      bigint not null default 0,
    logs        bigint not null default 0,
    points      bigint not null default 0,
    counted_at  timestamptz not null default now(),
    primary key (project_id, minute)
);
create index rollup_minute_age on rollup_minute (minute);

-- Sketches are two arrays, the buckets that hold something and how much each of them holds (see DurationSketch).
create table rollup_span (
    project_id  integer not null,
    minute      integer not null,
    kind        smallint not null,
    calls       bigint not null,
    errors      bigint not null,
    duration    bigint not null,
    service     text not null,
    operation   text not null,
    buckets     integer[] not null,
    counts      integer[] not null
);
create index rollup_span_minute on rollup_span (project_id, minute);

create table rollup_edge (
    project_id   integer not null,
    minute       integer not null,
    calls        bigint not null,
    errors       bigint not null,
    caller       text not null,
    callee       text not null,
    buckets      integer[] not null,
    counts       integer[] not null,
    gap_buckets  integer[] not null,
    gap_counts   integer[] not null
);
create index rollup_edge_minute on rollup_edge (project_id, minute);

create table rollup_log (
    project_id  integer not null,
    minute      integer not null,
    count       bigint not null,
    service     text not null,
    severity    text not null
);
create index rollup_log_minute on rollup_log (project_id, minute);

-- A series keeps its number for as long as points come. seen_minute follows them by the hour.
create table metric_series (
    id           bigint generated always as identity primary key,
    project_id   integer not null,
    hash         uuid not null,
    seen_minute  integer not null,
    kind         smallint not null,
    service      text not null,
    name         text not null,
    unit         text not null,
    attributes   text not null,
    resource     text,
    unique (project_id, hash)
);
create index metric_series_seen on metric_series (seen_minute);

create table rollup_metric (
    project_id  integer not null,
    minute      integer not null,
    series_id   bigint not null,
    count       bigint not null,
    sum         double precision not null,
    min         double precision not null,
    max         double precision not null,
    last        double precision not null,
    samples     double precision[] not null
);
create index rollup_metric_minute on rollup_metric (project_id, minute, series_id);

-- The roles exist where the installing user was allowed to make them (V4).
do $$
begin
    if exists (select from pg_roles where rolname = 'whence_query') then
        grant select on rollup_minute, rollup_span, rollup_edge, rollup_log, metric_series, rollup_metric
            to whence_query;
    end if;
    if exists (select from pg_roles where rolname = 'whence_analysis') then
        grant select, insert, update, delete on rollup_minute, rollup_span, rollup_edge, rollup_log, metric_series,
            rollup_metric to whence_analysis;
    end if;
exception when insufficient_privilege then
    raise notice 'the rights on rollups could not be given: %', sqlerrm;
end $$;
