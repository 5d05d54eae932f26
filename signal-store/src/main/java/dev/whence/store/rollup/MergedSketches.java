package dev.whence.store.rollup;

/** Merges sketches inside PostgreSQL; exact, like {@link DurationSketch#merge}. */
final class MergedSketches {

	/** Of no durations. */
	static final String EMPTY = "''::bytea";

	private static final String ARRAYS = "array_agg(bucket order by bucket) as buckets, "
			+ "array_agg(held::integer order by bucket) as counts";

	private MergedSketches() {
	}

	/**
	 * One row for each group: its keys, and the sketch of all durations in it as two
	 * arrays, {@code buckets} and {@code counts}. Groups without durations are left out.
	 * @param source a table whose sketches are two arrays of these names
	 * @param keys columns of it, separated by commas
	 */
	static String arrays(String source, String keys) {
		return sql(source, keys, "buckets", "counts", ARRAYS);
	}

	/**
	 * The same, with the sketch in one column, as {@link SketchSum#add(byte[])} reads it.
	 * @param buckets the columns of the source's sketch
	 * @param sketch what the column is called
	 */
	static String bytes(String source, String keys, String buckets, String counts, String sketch) {
		return sql(source, keys, buckets, counts, bytes("bucket", "held") + " as " + sketch);
	}

	/** A sketch in one column, of buckets that are rows. */
	static String bytes(String bucket, String held) {
		return "string_agg(int2send(%1$s::smallint) || int4send(%2$s::integer), %3$s order by %1$s)".formatted(bucket,
				held, EMPTY);
	}

	private static String sql(String source, String keys, String buckets, String counts, String result) {
		return """
				select %2$s, %5$s
				from (select %2$s, bucket, sum(held) as held
				      from %1$s cross join unnest(%3$s, %4$s) as pair (bucket, held) group by %2$s, bucket) merged
				group by %2$s""".formatted(source, keys, buckets, counts, result);
	}

}
