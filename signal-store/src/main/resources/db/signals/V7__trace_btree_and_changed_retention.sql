-- A hash index walks a bucket's whole overflow chain for each insert of an equal key: a sender with one constant
-- trace id makes its inserts slower and slower (ADR 009). A btree keeps equal keys together.
drop index log_record_trace_id_idx;
drop index span_trace_id_idx;
drop index metric_point_trace_id_idx;
create index log_record_trace on log_record (project_id, trace_id) where trace_id is not null;
create index span_trace on span (project_id, trace_id);
create index metric_point_trace on metric_point (project_id, trace_id) where trace_id is not null;

-- For a while after a change the same signal may lie under its old days; project -1 stands for the configuration.
alter table retention add column changed_at timestamptz not null default now();

alter function rotate_rejected_records() set search_path = signals, pg_temp;
