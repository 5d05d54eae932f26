package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the first signals that a scan wants, in two steps: which rows they are, judged by
 * the columns that were asked about, and then all that is needed to show them, read for
 * all segments together. A row that cannot be shown is replaced by the next that can: the
 * search begins again without its block, and from the third time on without its segment.
 */
final class FirstSignals {

	/** Blocks of a segment that are read together at first; then twice as many. */
	private static final int FIRST = 2;

	/** In place of a block: all of its segment. */
	private static final int WHOLE = -1;

	/**
	 * Attempts that leave out blocks; where there is so much, later ones leave out
	 * segments.
	 */
	private static final int PATIENCE = 2;

	/** Blocks that are read together when nearly all of them will be needed. */
	private static final int TOGETHER = 16;

	/**
	 * When there are as many times as many hits, those that came to be too far back go.
	 */
	private static final long GROWTH = 2;

	private final Scan scan;

	private final int limit;

	private final boolean newestFirst;

	private final Walk walk;

	private final Comparator<Found> order;

	/** Blocks of which something could not be shown, {@link #WHOLE} for a segment. */
	private final Set<Place> unreadable = new HashSet<>();

	private int attempt;

	private final List<Hit> hits = new ArrayList<>();

	/** How many hits there may be before those that are not wanted are let go. */
	private long room;

	/** The first times, the last of them in front. */
	private final PriorityQueue<Long> times;

	FirstSignals(Scan scan, int limit, boolean newestFirst, Walk walk) {
		this.scan = scan;
		this.limit = limit;
		this.newestFirst = newestFirst;
		this.walk = walk;
		this.order = newestFirst ? Found.ORDER.reversed() : Found.ORDER;
		this.times = newestFirst ? new PriorityQueue<>() : new PriorityQueue<>(Comparator.reverseOrder());
	}

	/** The rows, in their order. */
	List<StoredRow> find() {
		while (true) {
			this.hits.clear();
			this.times.clear();
			this.room = GROWTH * this.limit;
			this.attempt++;
			this.walk.over(this.scan, (border) -> !isAmongFirst(border), this::ahead, this::look);
			boolean full = this.times.size() >= this.limit;
			int before = this.unreadable.size();
			List<StoredRow> rows = show();
			if (!full || rows.size() >= this.limit || this.unreadable.size() == before) {
				return rows;
			}
		}
	}

	private void look(OpenSegment segment) {
		Map<BlockEntry, int[]> traced = (this.scan.trace() != null) ? segment.rowsOfTrace(this.scan.trace()) : null;
		List<BlockEntry> blocks = blocks(segment);
		blocks.removeIf((block) -> traced != null && !traced.containsKey(block));
		// The newest of a busy service lie in one block, a rare word in any.
		int size = (traced != null) ? TOGETHER : FIRST;
		for (int i = 0; i < blocks.size(); i += size, size = Math.min(2 * size, 2 * TOGETHER)) {
			List<BlockEntry> together = blocks.subList(i, Math.min(blocks.size(), i + size))
				.stream()
				.filter((block) -> isAmongFirst(this.newestFirst ? block.lastTime() : block.firstTime()))
				.toList();
			if (together.isEmpty()) {
				return;
			}
			List<OpenBlock> opened = open(segment, together);
			for (int n = 0; n < opened.size(); n++) {
				OpenBlock open = opened.get(n);
				for (int row : new BlockMatch(this.scan, open, together.get(n), traced).rows()) {
					keep(new Hit(segment, open, row, open.time(row)));
				}
			}
		}
	}

	private List<OpenBlock> open(OpenSegment segment, List<BlockEntry> blocks) {
		if (this.scan.trace() != null) {
			return segment.openOfTrace(blocks);
		}
		segment.readAhead(blocks, this::columns);
		return blocks.stream().map(segment::open).toList();
	}

	/** What is looked at first in a segment. */
	private Ahead ahead(OpenSegment segment) {
		if (this.scan.trace() != null) {
			return Ahead.NOTHING;
		}
		List<BlockEntry> blocks = blocks(segment);
		return segment.ahead(blocks.subList(0, Math.min(FIRST, blocks.size())), this::columns);
	}

	/** The blocks in which something may be, those of the first times first. */
	private List<BlockEntry> blocks(OpenSegment segment) {
		List<BlockEntry> blocks = new ArrayList<>(segment.likelyBlocks());
		blocks.removeIf(
				(block) -> !BlockMatch.mayBeIn(this.scan, block) || isUnreadable(segment.ref().id(), block.from()));
		blocks.sort(this.newestFirst ? Comparator.comparingLong(BlockEntry::lastTime).reversed()
				: Comparator.comparingLong(BlockEntry::firstTime));
		return blocks;
	}

	private Set<Integer> columns(Layout layout) {
		Set<Integer> columns = new HashSet<>(NeededColumns.of(this.scan.expression(), layout, List.of()));
		if (this.scan.service() != null) {
			columns.add(layout.service());
		}
		return columns;
	}

	private void keep(Hit hit) {
		if (!isAmongFirst(hit.time())) {
			return;
		}
		this.hits.add(hit);
		this.times.add(hit.time());
		if (this.times.size() > this.limit) {
			this.times.remove();
		}
		if (this.hits.size() > this.room) {
			this.hits.removeIf((one) -> !isAmongFirst(one.time()));
			this.room = GROWTH * Math.max(this.limit, this.hits.size());
		}
	}

	/** Whether something of a time may be among the first, as far as is known. */
	private boolean isAmongFirst(long time) {
		if (this.times.size() < this.limit) {
			return true;
		}
		Long last = this.times.peek();
		return last != null && (this.newestFirst ? time >= last : time <= last);
	}

	private List<StoredRow> show() {
		List<Hit> some = this.hits.stream().filter((hit) -> isAmongFirst(hit.time())).toList();
		read(some, Hit::block, (of) -> {
			OpenSegment segment = of.getFirst().segment();
			return segment.completing(of.stream().map(Hit::block).distinct().toList());
		});
		List<Found> found = new ArrayList<>();
		some.forEach((hit) -> add(found, hit.block(),
				() -> new Found(hit.block(), hit.row(), hit.time(), hit.block().id(hit.row()))));
		found.sort(this.order);
		List<Found> first = found.subList(0, Math.min(found.size(), this.limit));
		read(first, Found::block, (
				of) -> of.getFirst().block().ids().idsOf(of.stream().mapToLong((one) -> one.block().trace(one.row()))));
		List<StoredRow> rows = new ArrayList<>(first.size());
		first.forEach((one) -> add(rows, one.block(), () -> one.block().row(one.row())));
		return rows;
	}

	/** Reads what is needed of several segments. */
	private <T> void read(List<T> some, Function<T, OpenBlock> block, Function<List<T>, Ahead> ahead) {
		Map<SegmentRef, Ahead> all = new LinkedHashMap<>();
		some.stream()
			.collect(Collectors.groupingBy((one) -> block.apply(one).ref(), LinkedHashMap::new, Collectors.toList()))
			.forEach((segment, of) -> this.walk.reading(segment, () -> all.put(segment, ahead.apply(of))));
		this.walk.read(all);
	}

	/** Adds what can be read of a block, which is left out from then on if it cannot. */
	private <T> void add(List<T> to, OpenBlock block, Supplier<T> one) {
		UUID segment = block.ref().id();
		if (isUnreadable(segment, block.entry().from())) {
			return;
		}
		int before = to.size();
		this.walk.reading(block.ref(), () -> to.add(one.get()));
		if (to.size() == before) {
			this.unreadable.add(new Place(segment, (this.attempt <= PATIENCE) ? block.entry().from() : WHOLE));
		}
	}

	private boolean isUnreadable(UUID segment, int block) {
		return this.unreadable.contains(new Place(segment, block))
				|| this.unreadable.contains(new Place(segment, WHOLE));
	}

	/** Where a block lies. */
	private record Place(UUID segment, int from) {

	}

	/** A row that matches, of which more is not known. */
	private record Hit(OpenSegment segment, OpenBlock block, int row, long time) {

	}

	/** A row whose place among the others is known. */
	private record Found(OpenBlock block, int row, long time, UUID id) {

		static final Comparator<Found> ORDER = Comparator.comparingLong(Found::time)
			.thenComparing(Found::id, Scan.Border.IDS);

	}

}
