-- Which analyses a language model was asked to put into words, and what came of it: one call per analysis, and a budget
-- that all workers share.
create table narration (
    analysis_id  uuid primary key references analysis (id),
    at           timestamptz not null default now(),
    -- ASKED until the answer is known, and for ever when the worker died meanwhile
    outcome      text not null check (outcome in ('ASKED', 'WRITTEN', 'DROPPED', 'FAILED')),
    -- why an answer was dropped, or what went wrong
    detail       text
);

create index narration_recent on narration (at);
