package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The segments in which something may be that a scan wants, in order. Most questions are
 * answered by the first of them, and the others are not even listed.
 */
final class Candidates {

	/** Segments that are listed, and whose filters are read, together. */
	private static final int BATCH = 64;

	/** Of which the first, as long as nobody knows what has none of some words. */
	private static final int FIRST = 8;

	/** So many times as many are listed each time. */
	private static final int FASTER = 8;

	private final SegmentTable segments;

	private final Scan scan;

	private final boolean newestFirst;

	private final BiConsumer<SegmentRef, Runnable> reading;

	private List<SegmentRef> page = List.of();

	/** How many of the page were given. */
	private int given;

	/** How many are given the next time. */
	private int batch;

	/** How many are listed the next time, 0 for none. */
	private int limit = BATCH;

	/**
	 * @param newestFirst in the order of their last times, else in that of their first
	 * @param byWords whether filters of words will be asked about them
	 * @param reading runs what finds a segment damaged
	 */
	Candidates(SegmentTable segments, Scan scan, boolean newestFirst, boolean byWords,
			BiConsumer<SegmentRef, Runnable> reading) {
		this.segments = segments;
		this.scan = scan;
		this.newestFirst = newestFirst;
		this.batch = byWords ? FIRST : BATCH;
		this.reading = reading;
	}

	/** The next ones, empty after the last. */
	List<SegmentRef> next() {
		if (this.given == this.page.size() && this.limit > 0) {
			this.page = (this.scan.trace() != null) ? all() : list(this.page.isEmpty() ? null : this.page.getLast());
			this.given = 0;
		}
		List<SegmentRef> next = this.page.subList(this.given, Math.min(this.page.size(), this.given + this.batch));
		this.given += next.size();
		this.batch = BATCH;
		return next;
	}

	private List<SegmentRef> list(@Nullable SegmentRef before) {
		List<SegmentRef> listed = this.segments.page(this.scan, this.newestFirst, before, this.limit);
		this.limit = (listed.size() < this.limit) ? 0 : FASTER * this.limit;
		return listed;
	}

	/** Few segments have a trace, and all of them are known. */
	private List<SegmentRef> all() {
		this.limit = 0;
		List<SegmentRef> all = new ArrayList<>(this.segments.candidates(this.scan, this.reading));
		all.sort(this.newestFirst ? Comparator.comparingLong(SegmentRef::lastTime).reversed()
				: Comparator.comparingLong(SegmentRef::firstTime));
		return all;
	}

}
