-- Filters above many segments (ADR 026): one line of traces says in which of the segments a trace may be. Made when
-- there are enough segments that are in no group; a segment that is in none is asked by itself. version: how the lines
-- are written. received: when the last signal of the segments was received.
create table segment_group (
    group_id        uuid not null,
    received        bigint not null,
    project_id      integer not null,
    retention_days  smallint not null,
    version         smallint not null,
    time            bigint not null,
    last_time       bigint not null,
    segments        uuid[] not null,
    traces          bytea not null,
    primary key (project_id, group_id)
);
alter table segment_group alter column traces set storage external;
create index segment_group_project on segment_group (project_id, last_time);

create trigger append_only before update or delete on segment_group for each row execute function refuse_change();
create trigger append_only_whole before truncate on segment_group for each statement execute function refuse_change();

do $$
begin
    grant select on segment_group to whence_ingest, whence_query, whence_analysis;
exception when undefined_object or insufficient_privilege then
    raise notice 'the roles of the services do not exist: %', sqlerrm;
end $$;
