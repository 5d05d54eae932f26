-- Makes the partitions of a range of days, ahead of their time. Runs with the rights of the owner, so that the
-- services themselves need no DDL. A day whose rows already lie in the default partition stays there.
create function make_partitions(first_day date, days integer) returns integer
    language plpgsql security definer set search_path from current as $$
declare
    t text;
    d date;
    made integer := 0;
    lower_bound bigint;
    upper_bound bigint;
begin
    perform pg_advisory_xact_lock(hashtext('whence.make_partitions'));
    foreach t in array array['log_record', 'span', 'metric_point', 'problem'] loop
        for i in 0 .. days - 1 loop
            d := first_day + i;
            lower_bound := extract(epoch from d)::bigint * 1000000000;
            upper_bound := extract(epoch from d + 1)::bigint * 1000000000;
            if to_regclass(format('%I', t || '_' || to_char(d, 'YYYYMMDD'))) is null then
                begin
                    execute format('create table %I partition of %I for values from (%s) to (%s)',
                                   t || '_' || to_char(d, 'YYYYMMDD'), t, lower_bound, upper_bound);
                    made := made + 1;
                exception when check_violation then
                    null;
                end;
            end if;
        end loop;
    end loop;
    return made;
end $$;
