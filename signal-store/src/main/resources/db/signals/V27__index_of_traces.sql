-- Where in a segment a trace is (ADR 026). Segments that were made before have none, and are read without it.
set local lock_timeout = '5s';
alter table segment add column trace_index bytea;
alter table segment alter column trace_index set storage external;
