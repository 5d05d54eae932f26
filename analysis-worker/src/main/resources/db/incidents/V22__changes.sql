-- What was changed on purpose: deploys, builds, configuration. Evidence, and marks on the timeline.
create table change_event (
    id           bigint generated always as identity primary key,
    project_id   integer not null,
    service      text not null,
    at           timestamptz not null,
    kind         text not null,
    what         text not null,
    link         text,
    received_at  timestamptz not null default now(),
    unique (project_id, service, at, kind, what)
);

create index change_event_recent on change_event (project_id, at desc, id desc);

create trigger append_only before update or delete on change_event
    for each row execute function refuse_change();

create view change_event_view as
select id, project_id, service, at, kind, what, link from change_event;

do $$
begin
    grant select on change_event_view to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
