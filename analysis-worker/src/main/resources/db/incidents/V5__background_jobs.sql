-- Work that must not hold up other work has runners of its own, and takes what matters now before what lies back.
-- 0 is work that somebody waits for.
alter table job
    add column priority smallint not null default 0,
    -- for work that waits until its subject is quiet: when it will be, and how long it is put off at most
    add column quiet_at timestamptz,
    add column put_off_until timestamptz;

drop index job_due;
create index job_due on job (priority, not_before) where wanted_version > done_version;
