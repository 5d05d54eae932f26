-- People. An account without a password signs in at another issuer alone. The epoch is raised by whatever must end
-- all sessions at once.
create table account (
    id             uuid primary key,
    version        integer not null default 0,
    email          text not null check (length(email) between 3 and 254),
    password_hash  text,
    active         boolean not null default true,
    verified       boolean not null default false,
    epoch          bigint not null default 1,
    created_at     timestamptz not null,
    last_login_at  timestamptz
);

create unique index account_email on account (lower(email));

-- An administrator of project 1 runs the installation.
create table member (
    project_id  integer not null references project,
    account_id  uuid not null references account on delete cascade,
    role        text not null check (role in ('viewer', 'editor', 'admin')),
    since       timestamptz not null default now(),
    primary key (project_id, account_id)
);

create index member_account on member (account_id, project_id);

-- Kept as the SHA-256 of 256 random bits, for one use.
create table invitation (
    id           bigint generated always as identity primary key,
    project_id   integer not null references project,
    role         text not null check (role in ('viewer', 'editor', 'admin')),
    email        text,
    token_hash   bytea not null unique check (length(token_hash) = 32),
    invited_by   text not null,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz not null,
    accepted_at  timestamptz,
    revoked_at   timestamptz
);

create index invitation_project on invitation (project_id, id);

-- One sign-in, from the password to its end. It outlives neither its account nor the account's epoch.
create table account_session (
    id            uuid primary key,
    account_id    uuid not null references account on delete cascade,
    project_id    integer references project,
    epoch         bigint not null,
    address       text not null,
    created_at    timestamptz not null default now(),
    last_used_at  timestamptz not null default now(),
    ended_at      timestamptz,
    end_reason    text
);

create index account_session_account on account_session (account_id);

create table refresh_token (
    token_hash  bytea primary key check (length(token_hash) = 32),
    session_id  uuid not null references account_session on delete cascade,
    issued_at   timestamptz not null default now(),
    expires_at  timestamptz not null,
    used_at     timestamptz
);

create index refresh_token_session on refresh_token (session_id);

-- A key signs from its first moment until the next one's; it verifies until the last token that it signed has expired.
create table signing_key (
    kid           text primary key,
    public_jwk    text not null,
    sealed_jwk    bytea not null,
    created_at    timestamptz not null default now(),
    active_from   timestamptz not null,
    verify_until  timestamptz
);

-- Whom another issuer means by a subject: one account each.
create table oidc_identity (
    issuer      text not null,
    subject     text not null check (length(subject) between 1 and 255),
    account_id  uuid not null references account on delete cascade,
    created_at  timestamptz not null default now(),
    primary key (issuer, subject),
    unique (issuer, account_id)
);

-- What every service may see in order to verify tokens.
create view public_signing_key as
    select kid, public_jwk
      from signing_key
     where verify_until is null or verify_until > now();

create view active_session as
    select s.id as session_id, a.id as account_id, a.email, a.epoch
      from account_session s
      join account a on a.id = s.account_id and a.epoch = s.epoch
     where s.ended_at is null and a.active;

create view active_member as
    select m.account_id, m.project_id, m.role
      from member m
      join account a on a.id = m.account_id and a.active
     where not exists (select 1 from member o
                        where o.account_id = m.account_id and o.project_id = 1 and o.role = 'admin')
    union all
    select m.account_id, p.id, 'admin'
      from member m
      join account a on a.id = m.account_id and a.active
      cross join project p
     where m.project_id = 1 and m.role = 'admin';

-- The account that the subject is linked to; the first time it is linked to the account whose address both sides hold
-- for verified. An address alone, or one that somebody has registered here without proof, links nothing.
create function account_of_subject(an_issuer text, a_subject text, an_email text)
    returns table (account_id uuid, email text)
    language plpgsql security definer set search_path from current as $$
#variable_conflict use_column
declare
    linked uuid;
begin
    select i.account_id into linked from oidc_identity i where i.issuer = an_issuer and i.subject = a_subject;
    if linked is null and an_email <> '' then
        insert into oidc_identity (issuer, subject, account_id)
            select an_issuer, a_subject, a.id
              from account a
             where lower(a.email) = lower(an_email) and a.verified and a.active
            on conflict do nothing
            returning oidc_identity.account_id into linked;
        if linked is not null then
            insert into audit_entry (project_id, actor_kind, actor_id, actor_name, action, object_kind, object_id,
                                     details)
                select 1, 'account', a.id::text, a.email, 'account.linked', 'account', a.id::text,
                       jsonb_build_object('issuer', an_issuer)
                  from account a where a.id = linked;
        end if;
    end if;
    return query select a.id, a.email from account a where a.id = linked and a.active;
end $$;

grant select on public_signing_key, active_session, active_member to public;
