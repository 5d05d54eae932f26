set local lock_timeout = '5s';

-- Who did what. Written in the transaction of what was done, read by administrators, and never changed: there is no
-- other copy of it.
create table audit_entry (
    id           bigint generated always as identity primary key,
    at           timestamptz not null default clock_timestamp(),
    project_id   integer not null references project,
    actor_kind   text not null check (actor_kind in ('account', 'key', 'operator', 'anonymous')),
    actor_id     text,
    actor_name   text not null,
    action       text not null check (length(action) between 1 and 100),
    object_kind  text not null check (length(object_kind) between 1 and 100),
    object_id    text not null,
    details      jsonb not null default '{}'
);

create index audit_entry_project on audit_entry (project_id, id);

create function refuse_to_change_audit() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
end $$;

create trigger audit_entry_is_append_only before update or delete on audit_entry
    for each row execute function refuse_to_change_audit();
create trigger audit_entry_is_never_emptied before truncate on audit_entry
    for each statement execute function refuse_to_change_audit();

-- How many requests a key may be used for; none means that only the installation's own limits hold.
alter table api_key add column requests_per_minute integer check (requests_per_minute between 1 and 1000000);

create index api_key_active_name on api_key (project_id, name) where revoked_at is null;

create or replace view active_api_key as
    select id, prefix, secret_hash, project_id, name, scopes, requests_per_minute
      from api_key
     where revoked_at is null and (expires_at is null or expires_at > now());
