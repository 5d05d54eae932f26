-- Events that were decided in a transaction and still have to reach the wire. A row exists exactly from the commit
-- until the wire has taken it, so the table stays small and is vacuumed eagerly.
create table outbox (
    id          bigint generated always as identity primary key,
    topic       text not null,
    key         text not null,
    payload     text not null,
    created_at  timestamptz not null default now()
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
