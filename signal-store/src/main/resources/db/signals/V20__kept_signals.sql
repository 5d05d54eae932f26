-- The signals that an analysis rests on, copied when it was stored: an incident shows its evidence when the telemetry
-- around it has long ended. The columns are those in which every table is read.
create table kept_signal (
    project_id      integer not null,
    signal_id       uuid not null,
    type            smallint not null,
    time            bigint not null,
    trace_id        bytea,
    service         text not null,
    attributes      text not null,
    resource        text,
    details         text,
    span_id         bytea,
    parent_span_id  bytea,
    text_1          text,
    text_2          text,
    text_3          text,
    kind            smallint,
    duration        bigint,
    value           double precision,
    kept_at         timestamptz not null default now(),
    primary key (project_id, signal_id)
);

do $$
begin
    grant select on kept_signal to whence_query, whence_analysis;
    grant insert on kept_signal to whence_analysis;
exception when undefined_object or insufficient_privilege then
    raise notice 'the roles of the services do not exist: %', sqlerrm;
end $$;
