-- What deviates at present, and how far detection has come. A minute is looked at once, in the order of time.
create table detection_minute (
    project_id  integer not null,
    minute      timestamptz not null,
    primary key (project_id, minute)
);

create table detection_progress (
    project_id  integer primary key,
    latest      timestamptz not null
);

create table deviation (
    project_id   integer not null,
    fingerprint  text not null,
    since        timestamptz not null,
    last_minute  timestamptz not null,
    deviating    integer not null,
    quiet        integer not null,
    firing       boolean not null,
    primary key (project_id, fingerprint)
);
