-- Counts of uses, append-only: what the original service kept in api_usage_logs, and per language and finding.
-- Never a word of a manifest.
create sequence instrumenter.usage_event_id increment by 100;

create table instrumenter.usage_event (
	id bigint primary key,
	client_repo text not null,
	deployment_name text not null,
	changes_made boolean not null,
	mode text not null,
	languages jsonb not null,
	findings jsonb not null,
	characters integer not null,
	duration_micros bigint not null,
	recorded_at timestamptz not null
);

-- Reports read a span of time; rows arrive in its order, so a block range index is enough.
create index usage_event_recorded_at on instrumenter.usage_event using brin (recorded_at);
