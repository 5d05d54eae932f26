-- What the release's maintenance makes: by retention, and below that the day on which the rows were written. The rows were
-- written with a retention of 30 days, which is 3650 here: they must not end while this test is kept.
do $$
declare
    t text;
    day constant bigint := extract(epoch from timestamptz '2026-11-29 00:00:00+00')::bigint * 1000000000;
begin
    foreach t in array array['log_record', 'span', 'metric_point', 'run_event'] loop
        execute format('create table signals.%1$I partition of signals.%2$I for values in (3650) partition by range (time)',
                       t || '_3650d', t);
        execute format('create table signals.%I partition of signals.%I default', t || '_3650d_default', t || '_3650d');
        execute format('create table signals.%I partition of signals.%I for values from (%s) to (%s)',
                       t || '_3650d_20261129', t || '_3650d', day, day + 86400000000000);
    end loop;
end $$;
