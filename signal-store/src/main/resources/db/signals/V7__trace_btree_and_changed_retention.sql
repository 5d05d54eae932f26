-- A hash index walks a bucket's whole overflow chain for each insert of an equal key: a sender with one constant
-- trace id makes its inserts slower and slower (ADR 009). A btree keeps equal keys together. Writers wait while it is
-- built, which is bearable before the first release; whoever cannot get the locks soon tries again at the next start.
set local lock_timeout = '5s';
drop index log_record_trace_id_idx;
drop index span_trace_id_idx;
drop index metric_point_trace_id_idx;
create index log_record_trace on log_record (project_id, trace_id) where trace_id is not null;
create index span_trace on span (project_id, trace_id);
create index metric_point_trace on metric_point (project_id, trace_id) where trace_id is not null;

-- For a while after a change the same signal may lie under its old days; project -1 stands for the configuration.
-- The trigger notices changes that know nothing of the column: by an older release, by hand.
alter table retention add column changed_at timestamptz not null default now();

create function note_changed_retention() returns trigger language plpgsql as $$
begin
    new.changed_at := now();
    return new;
end $$;

create trigger changed before update on retention
    for each row when (old.days is distinct from new.days) execute function note_changed_retention();

alter function rotate_rejected_records() set search_path = signals, pg_temp;
