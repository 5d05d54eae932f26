-- The statements that log lines are instances of, as the worker's miners learned them. Small: some hundred templates and
-- some thousand masked lines a service, bounded by the miner's limits.

-- Whoever learns lines of a service holds this row; its state names what is stored, so that a miner kept in memory
-- knows whether another worker has learned since.
create table log_learning (
    project_id  integer not null,
    service     text not null,
    state       uuid not null,
    primary key (project_id, service)
);

create table log_template (
    project_id   integer not null,
    service      text not null,
    id           text not null,
    -- the lower is the elder, and keeps its id when two are united
    number       bigint not null,
    text         text not null,
    -- always the last of the chain
    united_into  text,
    first_seen   timestamptz not null,
    last_seen    timestamptz not null,
    primary key (project_id, service, id)
);

-- Masked lines; their id is a hash of the text, so that a line finds its template by one look-up.
create table log_form (
    number       bigint generated always as identity,
    project_id   integer not null,
    service      text not null,
    id           text not null,
    form         text not null,
    template_id  text not null,
    primary key (project_id, service, id)
);

create index log_form_of_template on log_form (project_id, service, template_id);

create view log_template_view as
select project_id, service, id, text, first_seen, last_seen from log_template where united_into is null;

create view log_form_view as
select project_id, service, id, template_id from log_form;

do $$
begin
    grant select on log_template_view, log_form_view to whence_query;
exception when undefined_object or insufficient_privilege then
    raise notice 'the query role does not exist here: %', sqlerrm;
end $$;
