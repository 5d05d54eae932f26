package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

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

	private final SegmentTable segments;

	public ClosedSignals(JdbcClient jdbc) {
		this.segments = new SegmentTable(jdbc);
	}

	/** The newest that are wanted, newest first; of one time the largest id first. */
	public List<StoredRow> newest(Scan scan, int limit) {
		return search(scan, limit, true, Budget.unlimited()).rows();
	}

	/** The oldest that are wanted, oldest first; of one time the smallest id first. */
	public List<StoredRow> oldest(Scan scan, int limit) {
		return search(scan, limit, false, Budget.unlimited()).rows();
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
		return this.segments.hasAny(project, from, to);
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
		for (SegmentRef segment : this.segments.between(project, from, to, token)) {
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
		Walk walk = new Walk(this.segments, newestFirst, budget);
		return walk.findings(new FirstSignals(scan, limit, newestFirst, walk).find());
	}

	/** Shows all that are wanted, in no order, as far as the budget reaches. */
	public Findings visit(Scan scan, Budget budget, Visitor visitor) {
		Walk walk = new Walk(this.segments, true, budget);
		walk.over(scan, (_) -> false, (_) -> Ahead.NOTHING, (open) -> {
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

}
