package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

import dev.whence.model.search.Expression;
import dev.whence.store.Budget;

/** Goes from segment to segment. */
final class Walk {

	/** Segments that are opened together at most. */
	private static final int AHEAD = 64;

	/** Bytes that are read with one question, a little more or less. */
	private static final long TURN = 4L * 1024 * 1024;

	/** Whoever needs a second segment needs several more. */
	private static final int FASTER = 8;

	private final SegmentTable segments;

	private final boolean newestFirst;

	private final Budget budget;

	/** Those that turned out to be damaged. */
	private final Map<UUID, Findings.Hurt> hurt = new LinkedHashMap<>();

	private OptionalLong searchedTo = OptionalLong.empty();

	/** What the filters of words say of the tokens, for segments that are likely. */
	private final Map<UUID, byte[][]> lines = new HashMap<>();

	/** What groups know of the words, once they were asked. */
	private WordSuspects suspects = WordSuspects.UNKNOWN;

	/** Those that were opened ahead. */
	private final Map<UUID, OpenSegment> opened = new HashMap<>();

	/** How many are opened together the next time. */
	private int together = 1;

	Walk(SegmentTable segments, boolean newestFirst, Budget budget) {
		this.segments = segments;
		this.newestFirst = newestFirst;
		this.budget = budget;
	}

	/**
	 * @param beyond whether nothing from a time on is of use
	 * @param first what of a segment will be looked at first
	 */
	void over(Scan scan, LongPredicate beyond, Function<OpenSegment, Ahead> first, Consumer<OpenSegment> work) {
		this.searchedTo = OptionalLong.empty();
		this.lines.clear();
		this.opened.clear();
		this.suspects = WordSuspects.UNKNOWN;
		this.together = 1;
		long[] tokens = Likely.tokens(scan.expression());
		Candidates candidates = new Candidates(this.segments, scan, this.newestFirst, tokens.length > 0, this::reading);
		List<SegmentRef> batch = candidates.next();
		long start = batch.isEmpty() ? 0 : start(scan, batch.getFirst());
		for (int batches = 1; !batch.isEmpty(); batch = candidates.next(), batches++) {
			if (beyond.test(border(batch.getFirst()))) {
				return;
			}
			// A common word is in the first of them.
			if (batches == 2 && tokens.length > 0) {
				this.suspects = this.segments.suspects(scan);
			}
			List<SegmentRef> likely = likely(batch, scan.expression(), tokens);
			int openedTo = 0;
			for (int n = 0; n < likely.size(); n++) {
				SegmentRef segment = likely.get(n);
				if (beyond.test(border(segment))) {
					return;
				}
				if (isBehind(segment, start) && this.budget.isSpent()) {
					this.searchedTo = OptionalLong.of(border(segment));
					return;
				}
				if (n == openedTo) {
					List<SegmentRef> some = likely.subList(n, Math.min(likely.size(), n + this.together));
					open(some, scan.expression(), tokens, first);
					openedTo = n + some.size();
					this.together = Math.min(AHEAD, FASTER * this.together);
				}
				OpenSegment open = this.opened.remove(segment.id());
				if (open != null) {
					reading(segment, () -> work.accept(open));
				}
			}
			if (beyond.test(border(batch.getLast()))) {
				return;
			}
		}
	}

	/**
	 * Opens these. Few segments answer most questions, and whoever looks at more will
	 * look at many.
	 */
	private void open(List<SegmentRef> some, Expression expression, long[] tokens, Function<OpenSegment, Ahead> first) {
		Map<UUID, Supplier<Directory>> directories = this.segments.directories(some, this.budget);
		Map<SegmentRef, Ahead> ahead = new LinkedHashMap<>();
		AtomicLong room = new AtomicLong(TURN);
		for (SegmentRef segment : some) {
			Supplier<Directory> directory = directories.get(segment.id());
			if (directory != null) {
				reading(segment, () -> {
					OpenSegment open = this.segments.open(segment, directory, this.budget);
					narrow(segment, open, expression, tokens);
					this.opened.put(segment.id(), open);
					// What there is no room for is read when it is looked at.
					Ahead wanted = first.apply(open);
					if (wanted.bytes() <= room.get()) {
						room.addAndGet(-wanted.bytes());
						ahead.put(segment, wanted);
					}
				});
			}
		}
		if (ahead.size() > 1) {
			read(ahead);
		}
	}

	private void narrow(SegmentRef segment, OpenSegment open, Expression expression, long[] tokens) {
		byte[][] some = this.lines.remove(segment.id());
		if (some != null) {
			TokenBits bits = open.bitsOfWords();
			open.narrow((block) -> Likely.mayMatch(expression,
					(token) -> TokenFilter.mayContain(some[Likely.place(tokens, token)], token, block, bits)));
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
		List<SegmentRef> asked = batch.stream()
			.filter((segment) -> !this.suspects.without().contains(segment.id()))
			.toList();
		if (asked.isEmpty()) {
			return asked;
		}
		Map<UUID, byte[][]> read = this.segments.words(asked, tokens);
		List<SegmentRef> likely = new ArrayList<>();
		for (SegmentRef segment : asked) {
			byte[][] some = read.get(segment.id());
			if (some != null) {
				reading(segment, () -> {
					// All of them: which blocks are left out is told by lines that the
					// choice of segments did not need.
					Arrays.stream(some).forEach(TokenFilter::verify);
					TokenBits bits = this.suspects.bits().get(segment.id());
					if (Likely.mayMatch(expression,
							(token) -> TokenFilter.mayContain(some[Likely.place(tokens, token)], token, bits))) {
						likely.add(segment);
						this.lines.put(segment.id(), some);
					}
				});
			}
		}
		return likely;
	}

	/** Reads parts of several segments together, of many in turns. */
	void read(Map<SegmentRef, Ahead> wanted) {
		Map<SegmentRef, Ahead> turn = new LinkedHashMap<>();
		long bytes = 0;
		for (Map.Entry<SegmentRef, Ahead> one : wanted.entrySet()) {
			Ahead ahead = one.getValue();
			turn.put(one.getKey(),
					new Ahead(ahead.parts(), (read) -> reading(one.getKey(), () -> ahead.taker().accept(read))));
			bytes += ahead.bytes();
			if (bytes >= TURN) {
				this.segments.readAhead(turn, this.budget);
				turn.clear();
				bytes = 0;
			}
		}
		if (!turn.isEmpty()) {
			this.segments.readAhead(turn, this.budget);
		}
	}

	/**
	 * Reads something of a segment, which may have expired meanwhile.
	 * @return whether it is undamaged, as far as it was read
	 */
	boolean reading(SegmentRef segment, Runnable work) {
		return DamageLog.read(segment, work, (damage) -> {
			if (this.hurt.put(segment.id(), new Findings.Hurt(segment.firstTime(), segment.lastTime())) == null) {
				DamageLog.tell(segment, damage);
			}
		});
	}

	/** What was found, and how far it went. */
	Findings findings(List<StoredRow> rows) {
		return new Findings(rows, this.searchedTo, List.copyOf(this.hurt.values()));
	}

}
