-- Keys are kept as their public prefix and the SHA-256 of the whole text. Rows are revoked, never deleted, so that
-- the list of a project tells its history.
create table api_key (
    id            bigint generated always as identity primary key,
    version       integer not null default 0,
    project_id    integer not null references project,
    name          text not null check (length(name) between 1 and 100),
    prefix        text not null unique check (length(prefix) = 8),
    secret_hash   bytea not null check (length(secret_hash) = 32),
    scopes        text[] not null check (cardinality(scopes) > 0),
    created_at    timestamptz not null,
    expires_at    timestamptz,
    revoked_at    timestamptz,
    last_used_at  timestamptz
);

create index api_key_project on api_key (project_id, id);

-- What every service may see in order to verify keys; the database's clock decides about expiry.
create view active_api_key as
    select id, prefix, secret_hash, project_id, name, scopes
      from api_key
     where revoked_at is null and (expires_at is null or expires_at > now());

-- Lets a service that may write nothing here note that a key was used. Once a minute is enough for a person, and
-- spares a row that is in use all day.
create function record_api_key_use(key_id bigint) returns void
    language sql security definer set search_path from current as $$
    update api_key set last_used_at = now()
     where id = key_id and (last_used_at is null or last_used_at < now() - interval '1 minute')
$$;

-- To every role of this database: which services there are is not this schema's business, and the hash of 256 random
-- bits gives nothing away.
do $$
begin
    execute format('grant usage on schema %I to public', current_schema());
end $$;
grant select on active_api_key to public;
