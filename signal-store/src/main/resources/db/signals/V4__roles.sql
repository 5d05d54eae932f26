-- Least privilege per service, where the installing user may create roles; elsewhere the triggers of V1 still keep
-- the tables append-only. Ingest and query take their roles when they open a connection.
do $$
declare
    r text;
begin
    foreach r in array array['whence_ingest', 'whence_query', 'whence_analysis'] loop
        if not exists (select from pg_roles where rolname = r) then
            execute format('create role %I nologin', r);
        end if;
        execute format('grant %I to current_user', r);
        execute format('grant usage on schema %I to %I', current_schema(), r);
        execute format('grant select on all tables in schema %I to %I', current_schema(), r);
    end loop;
    grant insert on log_record, span, metric_point, problem, signal_key to whence_ingest;
    grant select, insert, update, delete on outbox to whence_ingest, whence_analysis;
exception when insufficient_privilege or unique_violation or duplicate_object then
    raise notice 'the roles of the services could not be made: %', sqlerrm;
end $$;
