package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

import dev.whence.model.search.Expression;
import dev.whence.store.column.DamagedColumnException;
import dev.whence.store.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the filters above many segments. Which segments they are, and what their filters
 * look like, is remembered of the groups that were asked lately.
 */
final class GroupTable {

	/**
	 * How they are written: another number for other bits in {@link TokenFilter}. Groups
	 * of another version are not asked, and their segments grouped anew.
	 */
	static final int VERSION = 2;

	/** Groups that are remembered, with some 3 kB each. */
	private static final int REMEMBERED = 1_024;

	private static final Logger log = LoggerFactory.getLogger(GroupTable.class);

	private static final String IN_RANGE = " where project_id = :project and version = :version and last_time >= :from and time <= :to";

	private static final String LINE_OF_TRACES = "select group_id, " + TokenFilter.lineInSql("traces", ":place::bigint")
			+ " from " + Table.SEGMENT_GROUP + IN_RANGE;

	/** A row for each group and token. */
	private static final String BUCKETS_OF_WORDS = "select group_id, n, "
			+ GroupedWords.bucketInSql("words", "word_buckets", "place") + " from " + Table.SEGMENT_GROUP
			+ " cross join unnest(:places::bigint[]) with ordinality asked (place, n)" + IN_RANGE;

	private final JdbcClient jdbc;

	private final Map<UUID, Group> known = Collections.synchronizedMap(new UsedLately());

	/** Damaged groups that were reported. */
	private final Set<UUID> reported = ConcurrentHashMap.newKeySet();

	GroupTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Which segments may have a trace, as far as groups know.
	 * @param from inclusive, like {@code to}: groups that have nothing of this range are
	 * not asked
	 */
	Suspects ask(int project, long from, long to, long token) {
		Map<UUID, byte[]> lines = new LinkedHashMap<>();
		this.jdbc.sql(LINE_OF_TRACES)
			.params(range(project, from, to))
			.param("place", TokenFilter.place(token))
			.query((rs) -> {
				lines.put(rs.getObject(1, UUID.class), rs.getBytes(2));
			});
		Suspects suspects = new Suspects(new ArrayList<>(), new ArrayList<>());
		believing(project, lines, (group, line) -> {
			TokenFilter.verify(line);
			suspects.segments().addAll(group.suspects(line, token));
			suspects.groups().add(group.id());
		});
		return suspects;
	}

	/**
	 * Which segments may have something that matches an expression, as far as groups know
	 * from its words.
	 * @param from inclusive, like {@code to}: groups that have nothing of this range are
	 * not asked
	 */
	WordSuspects askForWords(int project, long from, long to, Expression expression) {
		long[] tokens = Likely.tokens(expression);
		Map<UUID, byte[][]> buckets = new LinkedHashMap<>();
		this.jdbc.sql(BUCKETS_OF_WORDS)
			.params(range(project, from, to))
			.param("places", LongStream.of(tokens).mapToObj(TokenFilter::place).toArray(Long[]::new))
			.query((rs) -> {
				buckets.computeIfAbsent(rs.getObject(1, UUID.class), (_) -> new byte[tokens.length][])[rs.getInt(2)
						- 1] = rs.getBytes(3);
			});
		WordSuspects suspects = new WordSuspects(new HashSet<>(), new HashMap<>());
		believing(project, buckets, (group, read) -> {
			for (int i = 0; i < tokens.length; i++) {
				group.words().verify(read[i], tokens[i]);
			}
			group.suspect(expression, tokens, read, suspects);
		});
		return suspects;
	}

	/** Looks at what was read of groups; a damaged one says nothing. */
	private <T> void believing(int project, Map<UUID, T> read, BiConsumer<Group, T> work) {
		Map<UUID, Group> groups = groups(project, read.keySet());
		read.forEach((id, some) -> {
			Group group = groups.get(id);
			if (group != null) {
				believing(project, id, () -> work.accept(group, some));
			}
		});
	}

	/** Those of these groups that are there and as they were written. */
	private Map<UUID, Group> groups(int project, Set<UUID> ids) {
		Map<UUID, Group> groups = new HashMap<>();
		List<UUID> unknown = new ArrayList<>();
		for (UUID id : ids) {
			Group group = this.known.get(id);
			if (group != null) {
				groups.put(id, group);
			}
			else {
				unknown.add(id);
			}
		}
		if (unknown.isEmpty()) {
			return groups;
		}
		this.jdbc
			.sql("select group_id, segments, word_buckets, word_shape from " + Table.SEGMENT_GROUP
					+ " where project_id = :project and group_id = any(:groups)")
			.param("project", project)
			.param("groups", unknown.toArray(UUID[]::new))
			.query((rs) -> {
				UUID id = rs.getObject(1, UUID.class);
				UUID[] segments = (UUID[]) rs.getArray(2).getArray();
				int buckets = rs.getInt(3);
				byte[] shape = rs.getBytes(4);
				believing(project, id, () -> {
					Group group = new Group(id, segments, GroupedWords.of(buckets, shape, segments.length));
					this.known.put(id, group);
					groups.put(id, group);
				});
			});
		return groups;
	}

	private void believing(int project, UUID group, Runnable work) {
		try {
			work.run();
		}
		catch (DamagedColumnException ex) {
			if (this.reported.add(group)) {
				log.error("The filter above segments {} of project {} is damaged, they are asked one by one: {}", group,
						project, ex.getMessage());
			}
		}
	}

	private static Map<String, Object> range(int project, long from, long to) {
		return Map.of("project", project, "version", VERSION, "from", from, "to", to);
	}

	/** Forgets what was not used for longest. */
	@SuppressWarnings("serial")
	private static final class UsedLately extends LinkedHashMap<UUID, Group> {

		UsedLately() {
			super(16, 0.75F, true);
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<UUID, Group> eldest) {
			return size() > REMEMBERED;
		}

	}

}
