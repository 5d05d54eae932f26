-- A point may say that there is no value (OpenTelemetry's staleness marker), which is not the same as zero. The
-- partitions are made like their parents and then attached, so each has a constraint of its own.
do $$
declare t regclass;
begin
    for t in select relid from pg_partition_tree('metric_point') order by level loop
        execute format('alter table %s alter column value drop not null', t);
    end loop;
end $$;
