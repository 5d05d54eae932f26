-- Which minutes of a project wait to be counted, so that answers can say up to when they are complete (ADR 029).
create view uncounted_minute_view as
select project_id, case when kind = 'ROLLUP' then subject::timestamptz end as minute
from job where kind = 'ROLLUP' and wanted_version > done_version;

do $$
begin
    grant select on uncounted_minute_view to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
