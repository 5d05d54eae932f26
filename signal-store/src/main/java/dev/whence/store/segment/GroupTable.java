package dev.whence.store.segment;

import java.sql.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.whence.store.column.DamagedColumnException;
import dev.whence.store.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the filters above many segments. */
final class GroupTable {

	/**
	 * How the lines are written: another number for other bits in {@link TokenFilter}.
	 * Groups of another version are not asked, and their segments grouped anew.
	 */
	static final int VERSION = 1;

	private static final Logger log = LoggerFactory.getLogger(GroupTable.class);

	private static final String LINE_OF_TRACES = TokenFilter.lineInSql("traces", ":place::bigint");

	private final JdbcClient jdbc;

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
		List<UUID> groups = new ArrayList<>();
		List<UUID> segments = new ArrayList<>();
		this.jdbc
			.sql("select group_id, segments, " + LINE_OF_TRACES + " from " + Table.SEGMENT_GROUP
					+ " where project_id = :project and version = :version and last_time >= :from and time <= :to")
			.param("project", project)
			.param("version", VERSION)
			.param("from", from)
			.param("to", to)
			.param("place", TokenFilter.place(token))
			.query((rs) -> {
				UUID group = rs.getObject(1, UUID.class);
				Array of = rs.getArray(2);
				try {
					segments.addAll(suspects((UUID[]) of.getArray(), rs.getBytes(3), token));
					groups.add(group);
				}
				catch (DamagedColumnException ex) {
					if (this.reported.add(group)) {
						log.error(
								"The filter above segments {} of project {} is damaged, they are asked one by one: {}",
								group, project, ex.getMessage());
					}
				}
			});
		return new Suspects(groups, segments);
	}

	private static List<UUID> suspects(UUID[] segments, byte[] line, long token) {
		TokenFilter.verify(line);
		List<UUID> suspects = new ArrayList<>();
		for (int i = 0; i < segments.length; i++) {
			if (TokenFilter.mayContain(line, token, i, TokenFilter.HASHES_OF_PLACES)) {
				suspects.add(segments[i]);
			}
		}
		return suspects;
	}

}
