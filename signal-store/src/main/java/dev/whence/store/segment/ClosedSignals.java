package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;
import dev.whence.store.Budget;
import dev.whence.store.column.DamagedColumnException;
import dev.whence.store.search.Judge;
import dev.whence.store.search.Searched;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds signals in segments. A damaged segment is passed over and reported: it must not
 * take the answers of all others with it.
 */
public final class ClosedSignals {

	private static final Logger log = LoggerFactory.getLogger(ClosedSignals.class);

	/** Up to so many tokens a line each is read; for more the whole filter. */
	private static final int FEW = 8;

	/** What says how a signal is counted. */
	private static final List<Field.Own> STATE = List.of(Field.Own.LEVEL, Field.Own.STATUS);

	/** Blocks, and directories of segments, that are read together. */
	private static final int AHEAD = 16;

	/** Blocks that are read together at first; then twice as many each time. */
	private static final int FIRST = 2;

	/** Segments whose filters are read together. */
	private static final int BATCH = 64;

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
		for (SegmentRef segment : candidates(scan)) {
			reading(segment, () -> {
				OpenSegment open = this.segments.open(segment);
				for (BlockEntry block : open.blocks()) {
					if (Match.mayBeIn(scan, block)) {
						OpenBlock opened = open.open(block);
						List<StoredRow> rows = new ArrayList<>();
						for (int row : new Match(scan, opened, block, null).rows()) {
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
		for (SegmentRef segment : candidates(scan)) {
			if (count[0] >= most) {
				break;
			}
			reading(segment, () -> {
				OpenSegment open = this.segments.open(segment);
				Map<BlockEntry, int[]> traced = (scan.trace() != null) ? open.rowsOfTrace(scan.trace()) : null;
				for (BlockEntry block : open.blocks()) {
					if (Match.mayBeIn(scan, block)) {
						count[0] += Match.isWhole(scan, block) ? block.rows()
								: new Match(scan, open.open(block), block, traced).rows().length;
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
			reading(segment, () -> {
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
		Walk walk = new Walk(newestFirst, budget);
		walk.over(scan, (border) -> isBeyond(border, newestFirst, best, limit),
				(segment) -> find(scan, limit, newestFirst, segment, best));
		List<Found> ordered = new ArrayList<>(best);
		ordered.sort(order);
		List<StoredRow> rows = new ArrayList<>(ordered.size());
		for (Found one : ordered) {
			walk.reading(one.block().ref(), () -> rows.add(one.block().row(one.row())));
		}
		return new Findings(rows, walk.searchedTo, walk.hurt);
	}

	/** Shows all that are wanted, in no order, as far as the budget reaches. */
	public Findings visit(Scan scan, Budget budget, Visitor visitor) {
		Walk walk = new Walk(true, budget);
		walk.over(scan, (_) -> false, (open) -> {
			Map<BlockEntry, int[]> traced = (scan.trace() != null) ? open.rowsOfTrace(scan.trace()) : null;
			List<BlockEntry> wanted = new ArrayList<>(open.likelyBlocks());
			wanted.removeIf((block) -> !Match.mayBeIn(scan, block) || (traced != null && !traced.containsKey(block)));
			for (int i = 0; i < wanted.size(); i++) {
				if (i % AHEAD == 0) {
					open.readAhead(wanted.subList(i, Math.min(wanted.size(), i + AHEAD)),
							(layout) -> NeededColumns.of(scan.expression(), layout, STATE));
				}
				BlockEntry block = wanted.get(i);
				OpenBlock opened = open.open(block);
				for (int row : new Match(scan, opened, block, traced).rows()) {
					visitor.visit(opened.time(row), () -> opened.id(row), new BlockRow(opened, block.layout(), row));
				}
			}
		});
		return new Findings(List.of(), walk.searchedTo, walk.hurt);
	}

	private List<StoredRow> find(Scan scan, int limit, Comparator<Found> order) {
		return search(scan, limit, order != Found.ORDER, Budget.unlimited()).rows();
	}

	private static void find(Scan scan, int limit, boolean newestFirst, OpenSegment segment,
			PriorityQueue<Found> best) {
		Map<BlockEntry, int[]> traced = (scan.trace() != null) ? segment.rowsOfTrace(scan.trace()) : null;
		List<BlockEntry> blocks = new ArrayList<>(segment.likelyBlocks());
		blocks.removeIf((block) -> !Match.mayBeIn(scan, block) || (traced != null && !traced.containsKey(block)));
		blocks.sort(newestFirst ? Comparator.comparingLong(BlockEntry::lastTime).reversed()
				: Comparator.comparingLong(BlockEntry::firstTime));
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
				for (int row : new Match(scan, open, together.get(n), traced).rows()) {
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

	private static List<OpenBlock> open(Scan scan, OpenSegment segment, List<BlockEntry> blocks, boolean traced) {
		if (traced) {
			return segment.openOfTrace(blocks);
		}
		segment.readAhead(blocks, (layout) -> {
			Set<Integer> columns = new HashSet<>(NeededColumns.of(scan.expression(), layout, List.of()));
			if (scan.service() != null) {
				columns.add(layout.service());
			}
			return columns;
		});
		return blocks.stream().map(segment::open).toList();
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

	private List<SegmentRef> candidates(Scan scan) {
		Long token = (scan.trace() != null) ? Long.valueOf(Tokens.id(scan.trace())) : null;
		List<SegmentRef> segments = this.segments.between(scan.project(), scan.from(), scan.to(), scan.service(),
				token);
		if (token == null) {
			return new ArrayList<>(segments);
		}
		List<SegmentRef> some = new ArrayList<>();
		for (SegmentRef segment : segments) {
			reading(segment, () -> some.addAll(SegmentTable.withToken(List.of(segment), token)));
		}
		return some;
	}

	/** Whether the segment could be read. */
	private static boolean reading(SegmentRef segment, Runnable work) {
		try {
			work.run();
			return true;
		}
		catch (SegmentGoneException ex) {
			return true;
		}
		catch (DamagedColumnException ex) {
			log.error(
					"The segment {} of project {} is damaged, its signals between {} and {} are missing in answers: {}",
					segment.id(), segment.project(), segment.firstTime(), segment.lastTime(), ex.getMessage());
			return false;
		}
	}

	private static byte[] bytes(UUID id) {
		return ByteBuffer.allocate(2 * Long.BYTES)
			.putLong(id.getMostSignificantBits())
			.putLong(id.getLeastSignificantBits())
			.array();
	}

	/**
	 * What was found, and how far everything was looked at.
	 *
	 * @param searchedTo empty for everything; otherwise nothing beyond this time, in
	 * nanoseconds since 1970, and not all of this time
	 * @param hurt where something cannot be read
	 */
	public record Findings(List<StoredRow> rows, OptionalLong searchedTo, List<Hurt> hurt) {
	}

	/** A damaged segment: what lies between two times may be missing. */
	public record Hurt(long from, long to) {
	}

	/** Gets each signal that is wanted. */
	@FunctionalInterface
	public interface Visitor {

		void visit(long time, Supplier<UUID> id, Searched signal);

	}

	/** Goes from segment to segment. */
	private final class Walk {

		private final boolean newestFirst;

		private final Budget budget;

		private final List<Hurt> hurt = new ArrayList<>();

		private OptionalLong searchedTo = OptionalLong.empty();

		/** What the filters of words say of the tokens, for segments that are likely. */
		private final Map<UUID, byte[][]> lines = new HashMap<>();

		/** Those that were read ahead. */
		private final Map<UUID, byte[]> directories = new HashMap<>();

		/** How many are read together the next time. */
		private int together = 1;

		Walk(boolean newestFirst, Budget budget) {
			this.newestFirst = newestFirst;
			this.budget = budget;
		}

		/**
		 * @param beyond whether nothing from a time on is of use
		 */
		void over(Scan scan, LongPredicate beyond, Consumer<OpenSegment> work) {
			List<SegmentRef> candidates = candidates(scan);
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
		 * Opens the first of these. Few segments answer most questions, and whoever looks
		 * at more will look at many.
		 */
		private OpenSegment open(List<SegmentRef> coming) {
			SegmentRef segment = coming.getFirst();
			if (!this.directories.containsKey(segment.id())) {
				List<SegmentRef> some = coming.subList(0, Math.min(coming.size(), this.together));
				this.together = Math.min(AHEAD, 2 * this.together);
				this.directories.putAll(ClosedSignals.this.segments.directories(some));
			}
			byte[] directory = this.directories.remove(segment.id());
			if (directory == null) {
				throw new SegmentGoneException();
			}
			return ClosedSignals.this.segments.open(segment, directory, this.budget);
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
			Map<UUID, byte[][]> read = ClosedSignals.this.segments.words(batch, tokens);
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
			if (!ClosedSignals.reading(segment, work)) {
				this.hurt.add(new Hurt(segment.firstTime(), segment.lastTime()));
			}
		}

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

	/** The rows of a block that a scan wants. */
	private record Match(Scan scan, OpenBlock open, BlockEntry block, @Nullable Map<BlockEntry, int[]> traced,
			Predicate<Searched> judge) {

		Match(Scan scan, OpenBlock open, BlockEntry block, @Nullable Map<BlockEntry, int[]> traced) {
			this(scan, open, block, traced, Judge.of(scan.expression()));
		}

		static boolean mayBeIn(Scan scan, BlockEntry block) {
			return scan.tables().contains(block.layout().table()) && block.lastTime() >= scan.from()
					&& block.firstTime() <= scan.to()
					&& (scan.service() == null || block.services().contains(scan.service()));
		}

		/** Whether every row of the block is wanted, as the directory tells. */
		static boolean isWhole(Scan scan, BlockEntry block) {
			return scan.trace() == null && scan.border() == null && scan.sample() == null && scan.wantsEverything()
					&& scan.from() <= block.firstTime() && block.lastTime() <= scan.to()
					&& (scan.service() == null || block.services().size() == 1);
		}

		int[] rows() {
			int[] rows = new int[this.block.rows()];
			int size = 0;
			int[] some = (this.traced != null) ? this.traced.getOrDefault(this.block, new int[0]) : null;
			int count = (some != null) ? some.length : this.block.rows();
			for (int i = 0; i < count; i++) {
				int row = (some != null) ? some[i] : i;
				if (isWanted(row)) {
					rows[size++] = row;
				}
			}
			return Arrays.copyOf(rows, size);
		}

		private boolean isWanted(int row) {
			long time = this.open.time(row);
			if (time < this.scan.from() || time > this.scan.to()) {
				return false;
			}
			return isOfService(row) && isInSample(row) && isBehindBorder(time, row) && matches(row);
		}

		private boolean matches(int row) {
			return this.scan.wantsEverything() || this.judge.test(new BlockRow(this.open, this.block.layout(), row));
		}

		private boolean isOfService(int row) {
			return this.scan.service() == null || this.block.services().size() == 1
					|| this.scan.service()
						.equals(new String(Objects.requireNonNull(this.open.field(row, this.block.layout().service())),
								StandardCharsets.UTF_8));
		}

		private boolean isInSample(int row) {
			if (this.scan.sample() == null) {
				return true;
			}
			byte[] trace = this.open.field(row, this.block.layout().trace());
			return this.scan.sample()
				.contains((trace != null) ? trace
						: Objects.requireNonNull(this.open.field(row, this.block.layout().id())));
		}

		private boolean isBehindBorder(long time, int row) {
			Scan.Border border = this.scan.border();
			return border == null || border.admits(time, () -> this.open.id(row));
		}

	}

}
