-- Where in a segment a trace is (ADR 026). Segments that were made before have none, and are read without it.
alter table segment add column traces bytea;
alter table segment alter column traces set storage external;
