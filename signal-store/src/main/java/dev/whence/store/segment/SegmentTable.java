package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.whence.store.Budget;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the segments of PostgreSQL, each only as far as it is asked for. */
final class SegmentTable {

	private static final String BY_KEY = " where time = :time and project_id = :project and segment_id = :id and retention_days = :days";

	private static final String OF_SEGMENTS = " where project_id = :project and time between :from and :to and segment_id = any(:ids)";

	/**
	 * The line is read once for all questions about it. A damaged one is judged by
	 * whoever knows its checksum.
	 */
	private static final String WITH_LINE = " cross join lateral (select "
			+ TokenFilter.lineInSql("ids", ":place::bigint") + " as line offset 0) asked"
			+ " cross join lateral (select case when octet_length(line) <> " + TokenFilter.LINE + " then false else "
			+ IntStream.range(0, TokenBits.SIX.count())
				.mapToObj((i) -> "get_bit(line, :bit" + i + "::integer) = 1")
				.collect(Collectors.joining(" and "))
			+ " end as likely offset 0) judged";

	private static final String REF = "select segment_id, project_id, retention_days, time, last_time, received, ";

	private static final String REF_ALONE = REF + "''::bytea, null::bytea, null::bytea from " + Table.SEGMENT;

	private static final String REF_WITH_LINE = REF + "line, case when likely then directory end, null::bytea from "
			+ Table.SEGMENT + WITH_LINE;

	private static final String REF_WITH_INDEX = REF + "line, case when likely and :few then directory end,"
			+ " case when likely and :few then trace_index end from ";

	/** Of more segments that are suspected nothing is read before it is needed. */
	private static final int FEW = 64;

	/** Days before the range are not even planned for. */
	private static final String IN_RANGE = " where project_id = :project and last_time >= :from and time >= :earliest and time <= :to";

	/** Says of a segment whether groups were asked about it. */
	private static final String ASKED = " left join (select distinct unnest(segments) as grouped from "
			+ Table.SEGMENT_GROUP
			+ " where project_id = :project and group_id = any(:groups)) members on grouped = segment_id";

	private static final String SUSPECTED = " and (grouped is null or segment_id = any(:suspects))";

	private final JdbcClient jdbc;

	private final GroupTable groups;

	private final KnownDirectories known = new KnownDirectories();

	SegmentTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.groups = new GroupTable(jdbc);
	}

	/**
	 * The segments of a project that may hold signals of a range of time, both ends
	 * included.
	 * @param token of a signal, null for none: its line of the filter is read as well,
	 * and the directory where that line does not exclude it
	 */
	List<SegmentRef> between(int project, long from, long to, @Nullable Long token) {
		if (token == null) {
			return refs(REF_ALONE + IN_RANGE, range(project, from, to));
		}
		Map<String, Object> params = range(project, from, to);
		params.putAll(bits(token));
		return refs(REF_WITH_LINE + IN_RANGE, params);
	}

	/** Whether there is any of these. */
	boolean hasAny(int project, long from, long to) {
		return !refs(REF_ALONE + IN_RANGE + " limit 1", range(project, from, to)).isEmpty();
	}

	/**
	 * The segments that are in no group, those that were received first.
	 * @param but these
	 */
	List<SegmentRef> ungrouped(int project, int retentionDays, Collection<UUID> but, int limit) {
		return refs(
				REF_ALONE + " left join (select unnest(segments) as grouped from " + Table.SEGMENT_GROUP
						+ " where project_id = :project and version = :version) members on grouped = segment_id"
						+ " where grouped is null and project_id = :project and retention_days = :days"
						+ " and segment_id <> all(:but) order by received, segment_id limit :limit",
				Map.of("project", project, "version", GroupTable.VERSION, "days", retentionDays, "but",
						but.toArray(UUID[]::new), "limit", limit));
	}

	private List<SegmentRef> refs(String sql, Map<String, ?> params) {
		return this.jdbc.sql(sql)
			.params(params)
			.query((rs, _) -> new SegmentRef(rs.getObject(1, UUID.class), rs.getInt(2), rs.getInt(3), rs.getLong(4),
					rs.getLong(5), rs.getLong(6), rs.getBytes(7), rs.getBytes(8), rs.getBytes(9)))
			.list();
	}

	private static Map<String, Object> range(int project, long from, long to) {
		long earliest = Math.max(from, Long.MIN_VALUE + Segment.LONGEST) - Segment.LONGEST;
		return new HashMap<>(Map.of("project", project, "from", from, "earliest", earliest, "to", to));
	}

	private static Map<String, Object> bits(long token) {
		Map<String, Object> bits = new HashMap<>();
		bits.put("place", TokenFilter.place(token));
		IntStream.range(0, TokenBits.SIX.count()).forEach((i) -> bits.put("bit" + i, TokenBits.SIX.bit(token, i)));
		return bits;
	}

	/** The segments in which something that a scan wants may be, in no order. */
	List<SegmentRef> candidates(Scan scan) {
		return candidates(scan, DamageLog::read);
	}

	/**
	 * The same.
	 * @param reading runs what finds a segment damaged
	 */
	List<SegmentRef> candidates(Scan scan, BiConsumer<SegmentRef, Runnable> reading) {
		Map<String, Object> params = range(scan.project(), scan.from(), scan.to());
		String ofService = ofService(scan, params);
		byte[] trace = scan.trace();
		if (trace == null) {
			return refs(REF_ALONE + IN_RANGE + ofService, params);
		}
		long token = Tokens.id(trace);
		Suspects suspects = this.groups.ask(scan.project(), scan.from(), scan.to(), token);
		params.putAll(bits(token));
		params.put("groups", suspects.groups().toArray(UUID[]::new));
		params.put("suspects", suspects.segments().toArray(UUID[]::new));
		params.put("few", suspects.segments().size() <= FEW);
		List<SegmentRef> some = new ArrayList<>();
		// No line is read of what is left out here.
		String suspected = "(select segment_id, project_id, retention_days, time, last_time, received, ids, directory, trace_index from "
				+ Table.SEGMENT + ASKED + IN_RANGE + ofService + SUSPECTED + " offset 0) segment";
		for (SegmentRef segment : refs(REF_WITH_INDEX + suspected + WITH_LINE, params)) {
			reading.accept(segment, () -> {
				if (TokenFilter.mayContain(segment.line(), token)) {
					some.add(segment);
				}
			});
		}
		return some;
	}

	/**
	 * The next of the segments in which something may be that a scan without a trace
	 * wants.
	 * @param newestFirst in the order of their last times, else in that of their first
	 * @param before the last one of the page before, null for the first page
	 */
	List<SegmentRef> page(Scan scan, boolean newestFirst, @Nullable SegmentRef before, int limit) {
		Map<String, Object> params = range(scan.project(), scan.from(), scan.to());
		String sql = REF_ALONE + IN_RANGE + ofService(scan, params);
		if (before != null) {
			sql += newestFirst ? " and (last_time, segment_id) < (:border, :before)"
					: " and time >= :border and (time, segment_id) > (:border, :before)";
			params.put("border", newestFirst ? before.lastTime() : before.firstTime());
			params.put("before", before.id());
		}
		params.put("limit", limit);
		return refs(sql + (newestFirst ? " order by last_time desc, segment_id desc" : " order by time, segment_id")
				+ " limit :limit", params);
	}

	private static String ofService(Scan scan, Map<String, Object> params) {
		String service = scan.service();
		if (service == null) {
			return "";
		}
		params.put("service", service);
		return " and services @> array[:service]::text[]";
	}

	/** What groups know of the words that a scan wants. */
	WordSuspects suspects(Scan scan) {
		return this.groups.askForWords(scan.project(), scan.from(), scan.to(), scan.expression());
	}

	/**
	 * The lines of the filters of words, segment by segment.
	 * @param segments of one project, at least one
	 * @return for each segment that is still there a line for each token
	 */
	Map<UUID, byte[][]> words(List<SegmentRef> segments, long[] tokens) {
		Map<UUID, byte[][]> lines = new HashMap<>();
		this.jdbc
			.sql("select segment_id, (select array_agg(" + TokenFilter.lineInSql("words", "place") + " order by n) "
					+ "from unnest(:places::bigint[]) with ordinality asked (place, n)) from " + Table.SEGMENT
					+ OF_SEGMENTS)
			.params(keys(segments))
			.param("places", LongStream.of(tokens).mapToObj(TokenFilter::place).toArray(Long[]::new))
			.query((rs) -> {
				lines.put(rs.getObject(1, UUID.class), (byte[][]) rs.getArray(2).getArray());
			});
		return lines;
	}

	OpenSegment open(SegmentRef segment) {
		Budget unlimited = Budget.unlimited();
		Supplier<Directory> directory = directories(List.of(segment), unlimited).get(segment.id());
		if (directory == null) {
			throw new SegmentGoneException();
		}
		return open(segment, directory, unlimited);
	}

	/**
	 * @param directory of {@link #directories}
	 * @param budget of which is spent what is read
	 */
	OpenSegment open(SegmentRef segment, Supplier<Directory> directory, Budget budget) {
		byte[] index = segment.traceIndex();
		if (index != null) {
			budget.spend(index.length);
		}
		return new OpenSegment(segment, directory.get(), index, (parts) -> {
			parts.forEach((part) -> budget.spend(part.length()));
			return read(segment, parts);
		});
	}

	/**
	 * The directories of segments, each decoded when it is asked for.
	 * @param segments of one project
	 * @param budget of which is spent what is read
	 * @return for each that is known or still there
	 */
	Map<UUID, Supplier<Directory>> directories(List<SegmentRef> segments, Budget budget) {
		Map<UUID, Supplier<Directory>> directories = new HashMap<>();
		List<SegmentRef> unknown = new ArrayList<>();
		for (SegmentRef segment : segments) {
			Directory known = this.known.get(segment.id());
			byte[] read = segment.directory();
			if (known != null) {
				directories.put(segment.id(), () -> known);
			}
			else if (read != null) {
				directories.put(segment.id(), directory(segment.id(), read, budget));
			}
			else {
				unknown.add(segment);
			}
		}
		if (unknown.isEmpty()) {
			return directories;
		}
		this.jdbc.sql("select segment_id, directory from " + Table.SEGMENT + OF_SEGMENTS)
			.params(keys(unknown))
			.query((rs) -> {
				UUID segment = rs.getObject(1, UUID.class);
				directories.put(segment, directory(segment, rs.getBytes(2), budget));
			});
		return directories;
	}

	private Supplier<Directory> directory(UUID segment, byte[] stored, Budget budget) {
		budget.spend(stored.length);
		return () -> {
			byte[] encoded = Chunk.decompress(stored);
			Directory directory = Directory.decode(encoded);
			this.known.put(segment, directory, encoded.length);
			return directory;
		};
	}

	private List<byte[]> read(SegmentRef segment, List<Pieces.Part> parts) {
		List<byte[]> read = this.jdbc
			.sql("select substring(data from part + 1 for length) from " + Table.SEGMENT
					+ ", unnest(:from::integer[], :lengths::integer[]) with ordinality wanted (part, length, place)"
					+ BY_KEY + " order by place")
			.params(key(segment))
			.param("from", parts.stream().map(Pieces.Part::from).toArray(Integer[]::new))
			.param("lengths", parts.stream().map(Pieces.Part::length).toArray(Integer[]::new))
			.query((rs, _) -> rs.getBytes(1))
			.list();
		if (read.size() < parts.size()) {
			throw new SegmentGoneException();
		}
		return read;
	}

	/**
	 * Reads parts of several segments at the cost of one. Of a segment that is gone
	 * nothing is taken.
	 * @param together of segments of one project, at least one
	 */
	void readAhead(Map<SegmentRef, Ahead> together, Budget budget) {
		Map<SegmentRef, Ahead> wanted = new LinkedHashMap<>();
		together.forEach((segment, ahead) -> wanted.put(segment, ahead.joined()));
		List<UUID> ids = new ArrayList<>();
		List<Pieces.Part> parts = new ArrayList<>();
		wanted.forEach((segment, ahead) -> ahead.parts().forEach((part) -> {
			budget.spend(part.length());
			ids.add(segment.id());
			parts.add(part);
		}));
		if (parts.isEmpty()) {
			return;
		}
		byte[][] read = new byte[parts.size()][];
		this.jdbc
			.sql("select place, substring(data from part + 1 for length) from " + Table.SEGMENT
					+ " join unnest(:of::uuid[], :parts::integer[], :lengths::integer[]) with ordinality"
					+ " wanted (id, part, length, place) on segment_id = id" + OF_SEGMENTS)
			.params(keys(List.copyOf(wanted.keySet())))
			.param("of", ids.toArray(UUID[]::new))
			.param("parts", parts.stream().map(Pieces.Part::from).toArray(Integer[]::new))
			.param("lengths", parts.stream().map(Pieces.Part::length).toArray(Integer[]::new))
			.query((rs) -> {
				read[rs.getInt(1) - 1] = rs.getBytes(2);
			});
		int next = 0;
		for (Ahead ahead : wanted.values()) {
			List<byte[]> some = Arrays.asList(read).subList(next, next + ahead.parts().size());
			next += some.size();
			if (!some.contains(null)) {
				ahead.taker().accept(some);
			}
		}
	}

	/** The whole filter of its ids. */
	byte[] ids(SegmentRef segment) {
		return bytes(segment, "ids");
	}

	/** The whole filter of its words. */
	byte[] words(SegmentRef segment) {
		return bytes(segment, "words");
	}

	private byte[] bytes(SegmentRef segment, String column) {
		return this.jdbc.sql("select " + column + " from " + Table.SEGMENT + BY_KEY)
			.params(key(segment))
			.query(byte[].class)
			.optional()
			.orElseThrow(SegmentGoneException::new);
	}

	private static Map<String, Object> keys(List<SegmentRef> segments) {
		return Map.of("project", segments.getFirst().project(), "from",
				segments.stream().mapToLong(SegmentRef::firstTime).min().orElseThrow(), "to",
				segments.stream().mapToLong(SegmentRef::firstTime).max().orElseThrow(), "ids",
				segments.stream().map(SegmentRef::id).toArray(UUID[]::new));
	}

	private static Map<String, Object> key(SegmentRef segment) {
		return Map.of("time", segment.firstTime(), "project", segment.project(), "id", segment.id(), "days",
				segment.retentionDays());
	}

}
