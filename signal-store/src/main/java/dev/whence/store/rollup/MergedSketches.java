package dev.whence.store.rollup;

/** Merges sketches inside PostgreSQL; exact, like {@link DurationSketch#merge}. */
final class MergedSketches {

	private MergedSketches() {
	}

	/**
	 * One row for each group: its keys, and the sketch of all durations in it. Groups
	 * whose sketches are all empty are left out.
	 * @param source a table of sketches
	 * @param keys columns of it, separated by commas
	 * @param buckets the columns of the sketch
	 */
	static String sql(String source, String keys, String buckets, String counts) {
		return """
				select %2$s, array_agg(bucket order by bucket) as %3$s,
				       array_agg(held::integer order by bucket) as %4$s
				from (select %2$s, bucket, sum(held) as held
				      from %1$s cross join unnest(%3$s, %4$s) as pair (bucket, held) group by %2$s, bucket) merged
				group by %2$s""".formatted(source, keys, buckets, counts);
	}

}
