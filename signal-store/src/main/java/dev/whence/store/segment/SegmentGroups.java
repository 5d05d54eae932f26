package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.whence.store.table.Table;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes filters above many segments: whoever looks for a trace or a word reads one line
 * or bucket of such a filter instead of one line of each segment (ADR 026). They hold
 * nothing that the segments do not: a segment that is in no group is asked by itself.
 */
public final class SegmentGroups {

	/**
	 * Segments in a group, unless they have too many traces; fewer are left to be asked
	 * one by one.
	 */
	private static final int SEGMENTS = 32;

	/** Traces in a group, a little more or less: what is in memory while it is made. */
	private static final int TRACES = 500_000;

	/** Bytes of filters of words in a group; those of full segments have ten million. */
	private static final int FILTERS = 16 * 1024 * 1024;

	private final JdbcClient owner;

	private final SegmentTable segments;

	/**
	 * @param owner who may insert
	 */
	public SegmentGroups(JdbcClient owner) {
		this.owner = owner;
		this.segments = new SegmentTable(owner);
	}

	/**
	 * Makes those that there are enough segments for. Each is there as a whole or not at
	 * all; two callers at a time would make some of them twice, to no harm.
	 * @param most of them
	 * @return how many
	 */
	public int make(int most) {
		int made = 0;
		for (Kept kept : due()) {
			if (made == most) {
				return made;
			}
			Set<UUID> unreadable = new HashSet<>();
			List<SegmentRef> next = next(kept, unreadable);
			while (made < most && next.size() == SEGMENTS) {
				if (make(kept, next, unreadable)) {
					made++;
				}
				next = next(kept, unreadable);
			}
		}
		return made;
	}

	private List<SegmentRef> next(Kept kept, Set<UUID> unreadable) {
		return this.segments.ungrouped(kept.project(), kept.retentionDays(), unreadable, SEGMENTS);
	}

	private List<Kept> due() {
		return this.owner
			.sql("""
					select project_id, retention_days
					from %s left join (select unnest(segments) as grouped from %s where version = %d) members on grouped = segment_id
					where grouped is null group by project_id, retention_days having count(*) >= %d
					"""
				.formatted(Table.SEGMENT, Table.SEGMENT_GROUP, GroupTable.VERSION, SEGMENTS))
			.query((rs, _) -> new Kept(rs.getInt(1), rs.getInt(2)))
			.list();
	}

	/**
	 * Makes a group of the first of these, unless some cannot be read.
	 * @param unreadable gets those
	 */
	private boolean make(Kept kept, List<SegmentRef> some, Set<UUID> unreadable) {
		Draft draft = new Draft();
		boolean all = true;
		for (SegmentRef segment : some) {
			if (!draft.isFull()) {
				int before = draft.members.size();
				DamageLog.read(segment,
						() -> draft.add(segment, this.segments.open(segment), this.segments.words(segment)));
				if (draft.members.size() == before) {
					unreadable.add(segment.id());
					all = false;
				}
			}
		}
		if (all) {
			insert(kept, draft);
		}
		return all;
	}

	private void insert(Kept kept, Draft draft) {
		List<SegmentRef> members = draft.members;
		GroupedWords words = GroupedWords.of(draft.words, draft.bitsOfWords());
		this.owner.sql("insert into " + Table.SEGMENT_GROUP + """
				 (group_id, received, project_id, retention_days, version, time, last_time, segments, traces,
				  words, word_buckets, word_shape)
				values (:id, :received, :project, :days, :version, :time, :last, :segments, :traces,
				  :words, :buckets, :shape)""")
			.param("id", UUID.randomUUID())
			.param("received", members.stream().mapToLong(SegmentRef::received).max().orElseThrow())
			.param("project", kept.project())
			.param("days", kept.retentionDays())
			.param("version", GroupTable.VERSION)
			.param("time", members.stream().mapToLong(SegmentRef::firstTime).min().orElseThrow())
			.param("last", members.stream().mapToLong(SegmentRef::lastTime).max().orElseThrow())
			.param("segments", members.stream().map(SegmentRef::id).toArray(UUID[]::new))
			.param("traces", TokenFilter.of(draft.traces))
			.param("words", words.encode(draft.words))
			.param("buckets", words.buckets())
			.param("shape", words.shape())
			.update();
	}

	/** A group that is being made. */
	private static final class Draft {

		private final TokenPlaces traces = new TokenPlaces();

		private final List<SegmentRef> members = new ArrayList<>();

		private final List<byte[]> words = new ArrayList<>();

		private final List<TokenBits> bits = new ArrayList<>();

		private int count;

		private int bytes;

		boolean isFull() {
			return this.count >= TRACES || this.bytes >= FILTERS;
		}

		/** Adds all of a segment, or nothing. */
		void add(SegmentRef segment, OpenSegment open, byte[] filter) {
			TokenFilter.verifyAll(filter);
			long[] tokens = open.traces().stream().mapToLong(Tokens::id).distinct().toArray();
			this.traces.add(this.members.size(), tokens);
			this.words.add(filter);
			this.bits.add(open.bitsOfWords());
			this.members.add(segment);
			this.count += tokens.length;
			this.bytes += filter.length;
		}

		TokenBits[] bitsOfWords() {
			return this.bits.toArray(TokenBits[]::new);
		}

	}

	/** Segments of one project and one retention. */
	private record Kept(int project, int retentionDays) {
	}

}
