-- An hour of a service says what each of its minutes was (ADR 029), so that calls and errors by the minute are not read
-- from a row for each. In the order in which whoever asks and whoever makes hours come to the tables, and without
-- keeping them waiting for long.
set local lock_timeout = '5s';

-- form: 2 where by_minute is there. Whoever makes an hour and does not know of it leaves it at 1; it is made again.
alter table rollup_hour add column form smallint not null default 1;
drop index rollup_hour_due;
create index rollup_hour_due on rollup_hour (touched_at) where not made or form < 2;

-- For each minute with spans two bytes for its place in the hour, four for the calls, four for the errors, in one
-- value, because PostgreSQL takes longer to send an array.
alter table rollup_hour_service add column by_minute bytea;
alter table rollup_hour_service alter column by_minute set storage external;

create or replace function unmake_hour() returns trigger language plpgsql set search_path from current as $$
declare
    changed record := coalesce(new, old);
begin
    insert into rollup_hour (project_id, minute) values (changed.project_id, changed.minute - changed.minute % 60)
    on conflict (project_id, minute) do update set made = false, form = 1, touched_at = clock_timestamp();
    return null;
end $$;
