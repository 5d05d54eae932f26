package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the segments of PostgreSQL, each only as far as it is asked for. */
final class SegmentTable {

	private final JdbcClient jdbc;

	SegmentTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The segments of a project that may hold signals of a range of time, both ends
	 * included.
	 * @param service of at least one of their signals, null for any
	 * @param token of a signal or trace whose line of the filter is read as well, null
	 * for none
	 */
	List<SegmentRef> between(int project, long from, long to, @Nullable String service, @Nullable Long token) {
		return this.jdbc
			.sql("select segment_id, project_id, retention_days, time, last_time, received, "
					+ ((token != null) ? line() : "''::bytea") + " as line from " + Table.SEGMENT
					+ " where project_id = :project and last_time >= :from and time <= :to"
					+ ((service != null) ? " and services @> array[:service]::text[]" : ""))
			.param("project", project)
			.param("from", from)
			.param("to", to)
			.param("service", service)
			.param("place", (token != null) ? TokenFilter.place(token) : 0)
			.query((rs, _) -> new SegmentRef(rs.getObject(1, UUID.class), rs.getInt(2), rs.getInt(3), rs.getLong(4),
					rs.getLong(5), rs.getLong(6), rs.getBytes(7)))
			.list();
	}

	/**
	 * Those of the segments in which a token may be, told by the lines that were read.
	 */
	static List<SegmentRef> withToken(List<SegmentRef> segments, long token) {
		List<SegmentRef> some = new ArrayList<>(segments);
		some.removeIf((segment) -> !TokenFilter.mayContain(segment.line(), token));
		return some;
	}

	OpenSegment open(SegmentRef segment) {
		byte[] directory = bytes(segment, "directory", Map.of());
		return new OpenSegment(segment, directory, (from, length) -> bytes(segment,
				"substring(data from :from for :length)", Map.of("from", from + 1, "length", length)));
	}

	/** The whole filter of its ids. */
	byte[] ids(SegmentRef segment) {
		return bytes(segment, "ids", Map.of());
	}

	private byte[] bytes(SegmentRef segment, String expression, Map<String, Integer> parameters) {
		return this.jdbc
			.sql("select " + expression + " from " + Table.SEGMENT
					+ " where time = :time and project_id = :project and segment_id = :id and retention_days = :days")
			.param("time", segment.firstTime())
			.param("project", segment.project())
			.param("id", segment.id())
			.param("days", segment.retentionDays())
			.params(parameters)
			.query(byte[].class)
			.single();
	}

	// The same as TokenFilter.line.
	private static String line() {
		return "substring(ids from (1 + " + TokenFilter.LINE + " * (:place::bigint * (octet_length(ids) / "
				+ TokenFilter.LINE + ") >> 31))::integer for " + TokenFilter.LINE + ")";
	}

}
