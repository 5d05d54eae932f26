package dev.whence.benchmarks.ingest.load;

/**
 * What tells the records of one measurement from all others. The same stream gives the
 * same bytes again, which is how known signals are replayed.
 *
 * @param salt goes into ids and unique attributes
 * @param baseNanos time of the first record, nanoseconds since 1970
 */
public record Stream(int salt, long baseNanos) {

	/** Times of neighbours differ by this and a jitter below it: no two are equal. */
	private static final long STEP_NANOS = 11_003;

	private static final long JITTER_MASK = 0x1FFF;

	/** Records that share a trace. */
	private static final int TRACE_LENGTH = 8;

	/** A stream that starts now. */
	public static Stream now(int salt) {
		return new Stream(salt, System.currentTimeMillis() * 1_000_000L + (System.nanoTime() & 0xFFFFF));
	}

	long time(long record) {
		return this.baseNanos + record * STEP_NANOS + (mix(record) & JITTER_MASK);
	}

	/** One half of the id of the record's trace. */
	long trace(long record, int half) {
		return mix(seed(record / TRACE_LENGTH) + half) | 1;
	}

	long span(long record) {
		return mix(seed(record) ^ 0x5BD1E995L) | 1;
	}

	long unique(long record) {
		return seed(record);
	}

	/** A duration or size, mostly small, with a long tail. */
	double value(long record) {
		double uniform = (mix(record) >>> 11) * 0x1.0p-53;
		return Math.round(1000 * (1 + 40 * uniform * uniform * uniform)) / 1000.0;
	}

	private long seed(long record) {
		return ((long) this.salt << 40) + record;
	}

	// The finaliser of SplitMix64.
	private static long mix(long z) {
		long x = z + 0x9E3779B97F4A7C15L;
		x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
		x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
		return x ^ (x >>> 31);
	}

}
