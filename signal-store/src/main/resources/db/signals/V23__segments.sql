-- Closed telemetry in columns (ADR 026): rows of an hour that is over become segments, in one transaction with the
-- end of those rows. time and last_time: of the earliest and the latest signal in it. directory, data, ids and words
-- are written and read by the services alone; they are compressed already, and a part of them is read without the rest.
create table segment (
    time            bigint not null,
    received        bigint not null,
    segment_id      uuid not null,
    project_id      integer not null,
    retention_days  smallint not null,
    last_time       bigint not null,
    rows            integer not null,
    services        text[] not null,
    directory       bytea not null,
    data            bytea not null,
    ids             bytea not null,
    words           bytea not null,
    primary key (time, project_id, segment_id, retention_days)
) partition by list (retention_days);
alter table segment alter column directory set storage external, alter column data set storage external,
    alter column ids set storage external, alter column words set storage external;
create table segment_default partition of segment default;
create index segment_project on segment (project_id, last_time);

create trigger append_only before update or delete on segment for each row execute function refuse_change();
create trigger append_only_whole before truncate on segment for each statement execute function refuse_change();

do $$
begin
    grant select on segment to whence_ingest, whence_query, whence_analysis;
exception when undefined_object or insufficient_privilege then
    raise notice 'the roles of the services do not exist: %', sqlerrm;
end $$;
