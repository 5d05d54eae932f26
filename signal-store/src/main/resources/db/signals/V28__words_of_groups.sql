-- Filters of words above many segments (ADR 026): what the filters of the segments say of a word lies side by side, in
-- one of so many buckets. Groups that were made before have none and are made anew. word_shape: how large the filters of
-- the segments are and how they are written.
set local lock_timeout = '5s';
alter table segment_group add column words bytea;
alter table segment_group add column word_buckets integer;
alter table segment_group add column word_shape bytea;
alter table segment_group alter column words set storage external;
