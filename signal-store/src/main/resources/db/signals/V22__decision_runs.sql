-- What clients tell of their decision runs, as events: a run is what its events say together, so a repeated event adds
-- nothing and a late one corrects the picture. The columns beside data repeat what it says, for searching.
-- kind: see RunEventType. time: when the run or step ended, began, or (where it does not say) when the event came.
create table run_event (
    time            bigint not null,
    received        bigint not null,
    event_id        uuid not null,
    project_id      integer not null,
    retention_days  smallint not null,
    run_id          uuid not null,
    subject         uuid not null,
    kind            smallint not null,
    type_name       text not null,
    name            text,
    step_type       text,
    started         bigint not null,
    trace_id        bytea,
    input_count     bigint,
    output_count    bigint,
    drop_rate       double precision,
    cost            double precision,
    data            text not null,
    primary key (time, project_id, event_id, retention_days)
) partition by list (retention_days);
create table run_event_default partition of run_event default;

create index on run_event using hash (run_id);
create index on run_event (run_id, time, event_id) where kind in (1, 2, 3, 7);
-- Which names are to be looked at.
create index on run_event (received) where kind in (2, 3);
create index on run_event using hash (trace_id) where trace_id is not null;
-- The list of runs, newest first, and the latest of one name.
create index on run_event (project_id, started, event_id) where kind in (1, 2, 3, 7);
create index on run_event (project_id, name, started, event_id) where kind in (1, 2, 3, 7);
-- Steps across runs: the latest that dropped something, and the ones that dropped the most.
create index on run_event (project_id, step_type, time, event_id) where kind in (5, 6) and drop_rate is not null;
create index on run_event (project_id, drop_rate) where kind in (5, 6) and drop_rate is not null;

create trigger append_only before update or delete on run_event for each row execute function refuse_change();
create trigger append_only_whole before truncate on run_event for each statement execute function refuse_change();

alter table retention drop constraint retention_signal_type_check;
alter table retention add constraint retention_signal_type_check check (signal_type between 0 and 3);

do $$
begin
    grant select on run_event to whence_ingest, whence_query, whence_analysis;
    grant insert on run_event to whence_ingest;
exception when undefined_object or insufficient_privilege then
    raise notice 'the roles of the services do not exist: %', sqlerrm;
end $$;
