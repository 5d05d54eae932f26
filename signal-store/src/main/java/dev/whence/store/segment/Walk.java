package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

import dev.whence.model.search.Expression;
import dev.whence.store.Budget;

/** Goes from segment to segment. */
final class Walk {

	/** Segments whose filters are read together. */
	private static final int BATCH = 64;

	/** Directories that are read together at most. */
	private static final int AHEAD = 16;

	private final SegmentTable segments;

	private final boolean newestFirst;

	private final Budget budget;

	private final List<Findings.Hurt> hurt = new ArrayList<>();

	private OptionalLong searchedTo = OptionalLong.empty();

	/** What the filters of words say of the tokens, for segments that are likely. */
	private final Map<UUID, byte[][]> lines = new HashMap<>();

	/** Those that were read ahead. */
	private final Map<UUID, byte[]> directories = new HashMap<>();

	/** How many are read together the next time. */
	private int together = 1;

	Walk(SegmentTable segments, boolean newestFirst, Budget budget) {
		this.segments = segments;
		this.newestFirst = newestFirst;
		this.budget = budget;
	}

	/**
	 * @param beyond whether nothing from a time on is of use
	 */
	void over(Scan scan, LongPredicate beyond, Consumer<OpenSegment> work) {
		List<SegmentRef> candidates = this.segments.candidates(scan, this::markHurt);
		candidates.sort(this.newestFirst ? Comparator.comparingLong(SegmentRef::lastTime).reversed()
				: Comparator.comparingLong(SegmentRef::firstTime));
		long[] tokens = Likely.tokens(scan.expression());
		long start = candidates.isEmpty() ? 0 : start(scan, candidates.getFirst());
		for (int i = 0; i < candidates.size(); i += BATCH) {
			List<SegmentRef> batch = candidates.subList(i, Math.min(candidates.size(), i + BATCH));
			if (beyond.test(border(batch.getFirst()))) {
				return;
			}
			List<SegmentRef> likely = likely(batch, scan.expression(), tokens);
			for (int n = 0; n < likely.size(); n++) {
				SegmentRef segment = likely.get(n);
				if (beyond.test(border(segment))) {
					return;
				}
				if (isBehind(segment, start) && this.budget.isSpent()) {
					this.searchedTo = OptionalLong.of(border(segment));
					return;
				}
				List<SegmentRef> coming = likely.subList(n, likely.size());
				reading(segment, () -> {
					OpenSegment open = open(coming);
					narrow(segment, open, scan.expression(), tokens);
					work.accept(open);
				});
			}
		}
	}

	/**
	 * Opens the first of these. Few segments answer most questions, and whoever looks at
	 * more will look at many.
	 */
	private OpenSegment open(List<SegmentRef> coming) {
		SegmentRef segment = coming.getFirst();
		if (!this.directories.containsKey(segment.id())) {
			List<SegmentRef> some = coming.subList(0, Math.min(coming.size(), this.together));
			this.together = Math.min(AHEAD, 2 * this.together);
			this.directories.putAll(this.segments.directories(some));
		}
		byte[] directory = this.directories.remove(segment.id());
		if (directory == null) {
			throw new SegmentGoneException();
		}
		return this.segments.open(segment, directory, this.budget);
	}

	private void narrow(SegmentRef segment, OpenSegment open, Expression expression, long[] tokens) {
		byte[][] some = this.lines.remove(segment.id());
		if (some != null) {
			open.narrow((block) -> Likely.mayMatch(expression,
					(token) -> TokenFilter.mayContain(some[place(tokens, token)], token, block)));
		}
	}

	/** The first time at which something may be. */
	private long start(Scan scan, SegmentRef first) {
		Scan.Border behind = scan.border();
		if (this.newestFirst) {
			return Math.min(border(first), (behind != null) ? Math.min(behind.time(), scan.to()) : scan.to());
		}
		return Math.max(border(first), (behind != null) ? Math.max(behind.time() + 1, scan.from()) : scan.from());
	}

	private boolean isBehind(SegmentRef segment, long start) {
		return this.newestFirst ? border(segment) < start : border(segment) > start;
	}

	private long border(SegmentRef segment) {
		return this.newestFirst ? segment.lastTime() : segment.firstTime();
	}

	private List<SegmentRef> likely(List<SegmentRef> batch, Expression expression, long[] tokens) {
		if (tokens.length == 0) {
			return batch;
		}
		Map<UUID, byte[][]> read = this.segments.words(batch, tokens);
		List<SegmentRef> likely = new ArrayList<>();
		for (SegmentRef segment : batch) {
			byte[][] some = read.get(segment.id());
			if (some != null) {
				reading(segment, () -> {
					if (Likely.mayMatch(expression,
							(token) -> TokenFilter.mayContain(some[place(tokens, token)], token))) {
						likely.add(segment);
						this.lines.put(segment.id(), some);
					}
				});
			}
		}
		return likely;
	}

	private static int place(long[] tokens, long token) {
		int place = 0;
		while (tokens[place] != token) {
			place++;
		}
		return place;
	}

	void reading(SegmentRef segment, Runnable work) {
		if (!DamageLog.read(segment, work)) {
			markHurt(segment);
		}
	}

	private void markHurt(SegmentRef segment) {
		this.hurt.add(new Findings.Hurt(segment.firstTime(), segment.lastTime()));
	}

	/** What was found, and how far it went. */
	Findings findings(List<StoredRow> rows) {
		return new Findings(rows, this.searchedTo, this.hurt);
	}

}
