-- What could not be taken in, and second contents under a known id, kept for people to look at for seven days. Rows
-- are samples: the writer bounds how many there are, the metrics count all of them.
create table rejected_record (
    received_at  timestamptz not null,
    id           bigint generated always as identity,
    project_id   integer not null,
    transport    text not null,
    signal_type  text not null,
    reason       text not null,
    message      text not null,
    service      text,
    signal_id    text,
    excerpt      text,
    primary key (project_id, received_at, id)
) partition by range (received_at);

create table rejected_record_default partition of rejected_record default;

-- Makes the partitions of today and the next three days and drops those whose last row is older than seven days.
-- Takes no arguments, so that whoever may call it can do nothing else with it; runs with the rights of the owner.
-- Waiting two seconds for a lock is enough: the next hour tries again.
create function rotate_rejected_records() returns integer
    language plpgsql security definer set search_path from current set lock_timeout = '2s' set timezone = 'UTC' as $$
declare
    t text;
    d date;
    changed integer := 0;
    today date := (now() at time zone 'UTC')::date;
begin
    perform pg_advisory_xact_lock(hashtext('whence.rotate_rejected_records'));
    for i in 0 .. 3 loop
        d := today + i;
        t := 'rejected_record_' || to_char(d, 'YYYYMMDD');
        if to_regclass(format('%I', t)) is null then
            begin
                execute format('create table %I partition of rejected_record for values from (%L) to (%L)', t, d, d + 1);
                changed := changed + 1;
            exception when check_violation then
                null;
            end;
        end if;
    end loop;
    for t in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = 'rejected_record'::regclass and c.relname ~ '^rejected_record_\d{8}$'
               and to_date(right(c.relname, 8), 'YYYYMMDD') < today - 7 loop
        execute format('drop table %I', t);
        changed := changed + 1;
    end loop;
    delete from rejected_record_default where received_at < now() - interval '7 days';
    return changed;
end $$;

select rotate_rejected_records();

-- The roles exist where the installing user was allowed to make them (V4).
do $$
begin
    if exists (select from pg_roles where rolname = 'whence_ingest') then
        grant select, insert on rejected_record to whence_ingest;
    end if;
    if exists (select from pg_roles where rolname = 'whence_query') then
        grant select on rejected_record to whence_query;
    end if;
exception when insufficient_privilege then
    raise notice 'the rights on rejected records could not be given: %', sqlerrm;
end $$;
