package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
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

	/** Read once for all questions about it. */
	private static final String WITH_LINE = Table.SEGMENT + " cross join lateral (select "
			+ line("ids", ":place::bigint") + " as line offset 0) asked";

	/** A damaged line is judged by whoever knows its checksum. */
	private static final String IF_LIKELY = "case when octet_length(line) <> " + TokenFilter.LINE + " then null "
			+ "when "
			+ IntStream.range(0, TokenFilter.HASHES)
				.mapToObj((i) -> "get_bit(line, :bit" + i + "::integer) = 1")
				.collect(Collectors.joining(" and "))
			+ " then directory end";

	private final JdbcClient jdbc;

	private final KnownDirectories known = new KnownDirectories();

	SegmentTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The segments of a project that may hold signals of a range of time, both ends
	 * included.
	 * @param service of at least one of their signals, null for any
	 * @param token of a signal or trace, null for none: its line of the filter is read as
	 * well, and the directory where that line does not exclude it
	 */
	List<SegmentRef> between(int project, long from, long to, @Nullable String service, @Nullable Long token) {
		return this.jdbc
			.sql("select segment_id, project_id, retention_days, time, last_time, received, "
					+ ((token != null) ? "line, " + IF_LIKELY + " from " + WITH_LINE
							: "''::bytea, null::bytea from " + Table.SEGMENT)
					+ " where project_id = :project and last_time >= :from and time <= :to"
					+ ((service != null) ? " and services @> array[:service]::text[]" : ""))
			.param("project", project)
			.param("from", from)
			.param("to", to)
			.param("service", service)
			.param("place", (token != null) ? TokenFilter.place(token) : 0)
			.params((token != null) ? bits(token) : Map.of())
			.query((rs, _) -> new SegmentRef(rs.getObject(1, UUID.class), rs.getInt(2), rs.getInt(3), rs.getLong(4),
					rs.getLong(5), rs.getLong(6), rs.getBytes(7), rs.getBytes(8)))
			.list();
	}

	private static Map<String, Integer> bits(long token) {
		return IntStream.range(0, TokenFilter.HASHES)
			.boxed()
			.collect(Collectors.toMap((i) -> "bit" + i, (i) -> TokenFilter.bit(token, i)));
	}

	/** The segments in which something that a scan wants may be. */
	List<SegmentRef> candidates(Scan scan) {
		return candidates(scan, DamageLog::read);
	}

	/**
	 * The same.
	 * @param reading runs what finds a segment damaged
	 */
	List<SegmentRef> candidates(Scan scan, BiConsumer<SegmentRef, Runnable> reading) {
		Long token = (scan.trace() != null) ? Long.valueOf(Tokens.id(scan.trace())) : null;
		List<SegmentRef> some = new ArrayList<>();
		for (SegmentRef segment : between(scan.project(), scan.from(), scan.to(), scan.service(), token)) {
			reading.accept(segment, () -> {
				if (token == null || TokenFilter.mayContain(segment.line(), token)) {
					some.add(segment);
				}
			});
		}
		return some;
	}

	/**
	 * The lines of the filters of words, segment by segment.
	 * @param segments of one project, at least one
	 * @return for each segment that is still there a line for each token
	 */
	Map<UUID, byte[][]> words(List<SegmentRef> segments, long[] tokens) {
		Map<UUID, byte[][]> lines = new HashMap<>();
		this.jdbc
			.sql("select segment_id, (select array_agg(" + line("words", "place") + " order by n) "
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
		return new OpenSegment(segment, directory.get(), (parts) -> {
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

	// The same as TokenFilter.line.
	private static String line(String filter, String place) {
		return "substring(" + filter + " from (1 + " + TokenFilter.LINE + " * (" + place + " * (octet_length(" + filter
				+ ") / " + TokenFilter.LINE + ") >> 31))::integer for " + TokenFilter.LINE + ")";
	}

}
