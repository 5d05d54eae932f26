-- Definitions of images. A row is what a definition is now; the versions are what every write made of it, and stay
-- as they are.
create table image_definition (
    id               bigint generated always as identity primary key,
    version          integer not null,
    project_id       integer not null references project,
    name             text not null check (length(name) between 1 and 100),
    description      text check (length(description) <= 500),
    yaml_content     text not null,
    image_type       text not null,
    fedora_version   text not null,
    enable_plymouth  boolean not null,
    artifact_kinds   text[] not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint image_definition_name unique (project_id, name)
);

create index image_definition_latest on image_definition (project_id, updated_at desc, id desc);

create table image_definition_version (
    definition_id    bigint not null references image_definition on delete cascade,
    number           integer not null,
    project_id       integer not null,
    name             text not null,
    description      text,
    yaml_content     text not null,
    image_type       text not null,
    fedora_version   text not null,
    enable_plymouth  boolean not null,
    artifact_kinds   text[] not null,
    written_at       timestamptz not null,
    written_by       text not null,
    restores         integer,
    primary key (definition_id, number)
);

-- Answers to requests that carried a key, so that a repeated one gets the same answer. The first request inserts the
-- row and fills in the answer in one transaction; a second one at the same time waits for it at the primary key.
create table idempotent_request (
    project_id    integer not null references project,
    key           text not null check (length(key) between 1 and 255),
    request_hash  bytea not null check (length(request_hash) = 32),
    status        smallint,
    body          text,
    created_at    timestamptz not null,
    primary key (project_id, key)
);

-- For deleting what is older than a day.
create index idempotent_request_age on idempotent_request (created_at);
