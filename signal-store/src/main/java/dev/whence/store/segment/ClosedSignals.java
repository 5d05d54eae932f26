package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.whence.model.search.Field;
import dev.whence.store.Budget;
import dev.whence.store.search.Searched;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds signals in segments. A damaged segment is passed over and reported: it must not
 * take the answers of all others with it.
 */
public final class ClosedSignals {

	/** What says how a signal is counted. */
	private static final List<Field.Own> STATE = List.of(Field.Own.LEVEL, Field.Own.STATUS);

	/** Blocks that are read together. */
	private static final int AHEAD = 16;

	/** Blocks that are read together at first; then twice as many each time. */
	private static final int FIRST = 2;

	private final SegmentTable segments;

	public ClosedSignals(JdbcClient jdbc) {
		this.segments = new SegmentTable(jdbc);
	}

	/** The newest that are wanted, newest first; of one time the largest id first. */
	public List<StoredRow> newest(Scan scan, int limit) {
		return find(scan, limit, Found.ORDER.reversed());
	}

	/** The oldest that are wanted, oldest first; of one time the smallest id first. */
	public List<StoredRow> oldest(Scan scan, int limit) {
		return find(scan, limit, Found.ORDER);
	}

	/** Hands over all that are wanted, block by block, in no order. */
	public void forEach(Scan scan, Consumer<List<StoredRow>> consumer) {
		for (SegmentRef segment : this.segments.candidates(scan)) {
			DamageLog.read(segment, () -> {
				OpenSegment open = this.segments.open(segment);
				for (BlockEntry block : open.blocks()) {
					if (BlockMatch.mayBeIn(scan, block)) {
						OpenBlock opened = open.open(block);
						List<StoredRow> rows = new ArrayList<>();
						for (int row : new BlockMatch(scan, opened, block, null).rows()) {
							rows.add(opened.row(row));
						}
						consumer.accept(rows);
					}
				}
			});
		}
	}

	/** Whether anything is closed of a project in a range of time, both ends included. */
	public boolean mayHold(int project, long from, long to) {
		return !this.segments.between(project, from, to, null, null).isEmpty();
	}

	/** How many are wanted, counted no further than {@code most}. */
	public long count(Scan scan, long most) {
		long[] count = { 0 };
		for (SegmentRef segment : this.segments.candidates(scan)) {
			if (count[0] >= most) {
				break;
			}
			DamageLog.read(segment, () -> {
				OpenSegment open = this.segments.open(segment);
				Map<BlockEntry, int[]> traced = (scan.trace() != null) ? open.rowsOfTrace(scan.trace()) : null;
				for (BlockEntry block : open.blocks()) {
					if (BlockMatch.mayBeIn(scan, block)) {
						count[0] += BlockMatch.isWhole(scan, block) ? block.rows()
								: new BlockMatch(scan, open.open(block), block, traced).rows().length;
					}
				}
			});
		}
		return Math.min(count[0], most);
	}

	/**
	 * The signals with these ids and times.
	 * @param wanted by table: for each id the time of its signal
	 */
	public List<StoredRow> find(int project, Map<Table, Map<UUID, Long>> wanted) {
		List<StoredRow> found = new ArrayList<>();
		look(project, wanted, (block, row, _) -> found.add(block.row(row)));
		return found;
	}

	/** Which of these ids are there, at their times. */
	public Set<UUID> known(int project, Map<Table, Map<UUID, Long>> wanted) {
		Set<UUID> known = new HashSet<>();
		look(project, wanted, (_, _, id) -> known.add(id));
		return known;
	}

	private void look(int project, Map<Table, Map<UUID, Long>> wanted, Sighting sighting) {
		Map<UUID, Long> all = new HashMap<>();
		wanted.values().forEach(all::putAll);
		if (all.isEmpty()) {
			return;
		}
		long from = all.values().stream().mapToLong(Long::longValue).min().orElseThrow();
		long to = all.values().stream().mapToLong(Long::longValue).max().orElseThrow();
		boolean one = all.size() == 1;
		Long token = one ? Long.valueOf(Tokens.id(bytes(all.keySet().iterator().next()))) : null;
		for (SegmentRef segment : this.segments.between(project, from, to, null, token)) {
			DamageLog.read(segment, () -> {
				Set<UUID> likely = likely(segment, all, token);
				if (!likely.isEmpty()) {
					look(this.segments.open(segment), wanted, likely, sighting);
				}
			});
		}
	}

	private Set<UUID> likely(SegmentRef segment, Map<UUID, Long> all, @Nullable Long token) {
		Set<UUID> likely = new HashSet<>();
		all.forEach((id, time) -> {
			if (segment.mayHold(time)) {
				likely.add(id);
			}
		});
		if (likely.isEmpty()) {
			return likely;
		}
		if (token != null) {
			return TokenFilter.mayContain(segment.line(), token) ? likely : Set.of();
		}
		byte[] filter = this.segments.ids(segment);
		int lines = filter.length / TokenFilter.LINE;
		likely.removeIf((id) -> {
			long hash = Tokens.id(bytes(id));
			int from = TokenFilter.line(hash, lines) * TokenFilter.LINE;
			return !TokenFilter.mayContain(Arrays.copyOfRange(filter, from, from + TokenFilter.LINE), hash);
		});
		return likely;
	}

	private static void look(OpenSegment segment, Map<Table, Map<UUID, Long>> wanted, Set<UUID> likely,
			Sighting sighting) {
		for (BlockEntry block : segment.blocks()) {
			Map<UUID, Long> times = wanted.getOrDefault(block.layout().table(), Map.of());
			boolean worth = likely.stream()
				.map(times::get)
				.anyMatch((time) -> time != null && block.firstTime() <= time && time <= block.lastTime());
			if (!worth) {
				continue;
			}
			OpenBlock open = segment.open(block);
			for (int row = 0; row < block.rows(); row++) {
				UUID id = open.id(row);
				Long time = likely.contains(id) ? times.get(id) : null;
				if (time != null && time == open.time(row)) {
					sighting.of(open, row, id);
				}
			}
		}
	}

	/**
	 * The first that are wanted, as far as the budget reaches. What holds the very first
	 * moment is read whatever it costs, so that whoever goes on where it ended comes
	 * further each time.
	 */
	public Findings search(Scan scan, int limit, boolean newestFirst, Budget budget) {
		Comparator<Found> order = newestFirst ? Found.ORDER.reversed() : Found.ORDER;
		// The worst of the best stands in front.
		PriorityQueue<Found> best = new PriorityQueue<>(order.reversed());
		Walk walk = new Walk(this.segments, newestFirst, budget);
		walk.over(scan, (border) -> isBeyond(border, newestFirst, best, limit),
				(segment) -> ahead(scan, newestFirst, segment),
				(segment) -> find(scan, limit, newestFirst, segment, best));
		List<Found> ordered = new ArrayList<>(best);
		ordered.sort(order);
		List<StoredRow> rows = new ArrayList<>(ordered.size());
		ordered.stream()
			.collect(Collectors.groupingBy((found) -> found.block().ref()))
			.forEach((segment, some) -> walk.reading(segment, () -> readSpans(some)));
		for (Found one : ordered) {
			walk.reading(one.block().ref(), () -> rows.add(one.block().row(one.row())));
		}
		return walk.findings(rows);
	}

	/** Shows all that are wanted, in no order, as far as the budget reaches. */
	public Findings visit(Scan scan, Budget budget, Visitor visitor) {
		Walk walk = new Walk(this.segments, true, budget);
		walk.over(scan, (_) -> false, (_) -> OpenSegment.Ahead.NOTHING, (open) -> {
			Map<BlockEntry, int[]> traced = (scan.trace() != null) ? open.rowsOfTrace(scan.trace()) : null;
			List<BlockEntry> wanted = new ArrayList<>(open.likelyBlocks());
			wanted.removeIf(
					(block) -> !BlockMatch.mayBeIn(scan, block) || (traced != null && !traced.containsKey(block)));
			for (int i = 0; i < wanted.size(); i++) {
				if (i % AHEAD == 0) {
					open.readAhead(wanted.subList(i, Math.min(wanted.size(), i + AHEAD)),
							(layout) -> NeededColumns.of(scan.expression(), layout, STATE));
				}
				BlockEntry block = wanted.get(i);
				OpenBlock opened = open.open(block);
				for (int row : new BlockMatch(scan, opened, block, traced).rows()) {
					visitor.visit(opened.time(row), () -> opened.id(row), new BlockRow(opened, block.layout(), row));
				}
			}
		});
		return walk.findings(List.of());
	}

	private List<StoredRow> find(Scan scan, int limit, Comparator<Found> order) {
		return search(scan, limit, order != Found.ORDER, Budget.unlimited()).rows();
	}

	private static void find(Scan scan, int limit, boolean newestFirst, OpenSegment segment,
			PriorityQueue<Found> best) {
		Map<BlockEntry, int[]> traced = (scan.trace() != null) ? segment.rowsOfTrace(scan.trace()) : null;
		List<BlockEntry> blocks = blocks(scan, newestFirst, segment);
		blocks.removeIf((block) -> traced != null && !traced.containsKey(block));
		// The newest of a busy service lie in one block, a rare word in any.
		int size = (traced != null) ? AHEAD : FIRST;
		for (int i = 0; i < blocks.size(); i += size, size = Math.min(2 * size, 2 * AHEAD)) {
			List<BlockEntry> together = blocks.subList(i, Math.min(blocks.size(), i + size))
				.stream()
				.filter((block) -> !isBeyond(newestFirst ? block.lastTime() : block.firstTime(), newestFirst, best,
						limit))
				.toList();
			if (together.isEmpty()) {
				return;
			}
			List<Hit> hits = new ArrayList<>();
			List<OpenBlock> opened = open(scan, segment, together, traced != null);
			for (int n = 0; n < opened.size(); n++) {
				OpenBlock open = opened.get(n);
				for (int row : new BlockMatch(scan, open, together.get(n), traced).rows()) {
					hits.add(new Hit(open, row, open.time(row)));
				}
			}
			keepFirst(hits, newestFirst, best, limit);
			// Only blocks of which something will be shown are read as a whole.
			segment.complete(hits.stream().map(Hit::block).distinct().toList());
			hits.forEach((hit) -> {
				best.add(new Found(hit.block(), hit.row(), hit.time(), hit.block().id(hit.row())));
				if (best.size() > limit) {
					best.remove();
				}
			});
		}
	}

	/** Reads the ids of the spans of rows of one segment. */
	private static void readSpans(List<Found> some) {
		some.getFirst().block().ids().readSpans(some.stream().mapToLong((found) -> found.block().trace(found.row())));
	}

	private static List<OpenBlock> open(Scan scan, OpenSegment segment, List<BlockEntry> blocks, boolean traced) {
		if (traced) {
			return segment.openOfTrace(blocks);
		}
		segment.readAhead(blocks, (layout) -> columns(scan, layout));
		return blocks.stream().map(segment::open).toList();
	}

	/** What is looked at first in a segment. */
	private static OpenSegment.Ahead ahead(Scan scan, boolean newestFirst, OpenSegment segment) {
		List<BlockEntry> blocks = blocks(scan, newestFirst, segment);
		return (scan.trace() != null) ? OpenSegment.Ahead.NOTHING
				: segment.ahead(blocks.subList(0, Math.min(FIRST, blocks.size())), (layout) -> columns(scan, layout));
	}

	/** The blocks in which something may be, those of the first times first. */
	private static List<BlockEntry> blocks(Scan scan, boolean newestFirst, OpenSegment segment) {
		List<BlockEntry> blocks = new ArrayList<>(segment.likelyBlocks());
		blocks.removeIf((block) -> !BlockMatch.mayBeIn(scan, block));
		blocks.sort(newestFirst ? Comparator.comparingLong(BlockEntry::lastTime).reversed()
				: Comparator.comparingLong(BlockEntry::firstTime));
		return blocks;
	}

	private static Set<Integer> columns(Scan scan, Layout layout) {
		Set<Integer> columns = new HashSet<>(NeededColumns.of(scan.expression(), layout, List.of()));
		if (scan.service() != null) {
			columns.add(layout.service());
		}
		return columns;
	}

	/** Leaves those that may be among the first, judged by their times alone. */
	private static void keepFirst(List<Hit> hits, boolean newestFirst, PriorityQueue<Found> best, int limit) {
		if (hits.size() + best.size() <= limit) {
			return;
		}
		long[] times = LongStream.concat(hits.stream().mapToLong(Hit::time), best.stream().mapToLong(Found::time))
			.sorted()
			.toArray();
		if (limit == 0) {
			hits.clear();
			return;
		}
		long last = newestFirst ? times[times.length - limit] : times[limit - 1];
		hits.removeIf((hit) -> newestFirst ? hit.time() < last : hit.time() > last);
	}

	/** Whether nothing from there on can be among the best. */
	private static boolean isBeyond(long time, boolean newestFirst, PriorityQueue<Found> best, int limit) {
		if (best.size() < limit) {
			return false;
		}
		if (limit == 0) {
			return true;
		}
		long worst = Objects.requireNonNull(best.peek()).time();
		return newestFirst ? time < worst : time > worst;
	}

	private static byte[] bytes(UUID id) {
		return ByteBuffer.allocate(2 * Long.BYTES)
			.putLong(id.getMostSignificantBits())
			.putLong(id.getLeastSignificantBits())
			.array();
	}

	/** Gets each signal that is wanted. */
	@FunctionalInterface
	public interface Visitor {

		void visit(long time, Supplier<UUID> id, Searched signal);

	}

	/** Gets each signal that was looked for. */
	@FunctionalInterface
	private interface Sighting {

		void of(OpenBlock block, int row, UUID id);

	}

	/** A row that matches, of which more is not known. */
	private record Hit(OpenBlock block, int row, long time) {

	}

	/** A signal that was found and not read yet. */
	private record Found(OpenBlock block, int row, long time, UUID id) {

		static final Comparator<Found> ORDER = Comparator.comparingLong(Found::time)
			.thenComparing(Found::id, Scan.Border.IDS);

	}

}
