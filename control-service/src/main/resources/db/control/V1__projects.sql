-- The tenants. Every row of every other schema that belongs to one carries its id.
create table project (
    id          integer generated always as identity (start with 2) primary key,
    version     integer not null default 0,
    name        text not null check (length(name) between 1 and 100),
    created_at  timestamptz not null default now()
);

create unique index project_name on project (lower(name));

-- The project of an installation that never makes another one.
insert into project (id, name) overriding system value values (1, 'default');
