package dev.whence.analysis.scene;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductCodec;
import dev.whence.analysis.behaviour.LogStatements;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.SignalReader;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What services did in pieces of normal time: counted once, then kept, because many
 * incidents are compared with the same pieces.
 */
@Component
class ConductArchive {

	static final Set<SignalType> SPANS_AND_LOGS = Set.of(SignalType.TRACE, SignalType.LOG);

	/**
	 * A piece with more signals is counted from a share of its traces: rates per
	 * execution do not depend on how many are seen.
	 */
	static final int MOST_SIGNALS = 10_000;

	/** Tells statements apart the same way wherever conduct is compared. */
	static final LogStatements STATEMENTS = new LogStatements();

	/** How many pieces one call counts at most; the others serve the next incident. */
	private static final int MOST_COUNTED = 24;

	private final JdbcClient jdbc;

	private final SignalReader signals;

	ConductArchive(JdbcClient jdbc, SignalReader signals) {
		this.jdbc = jdbc;
		this.signals = signals;
	}

	/** The conduct in each of the pieces that held spans or logs. */
	List<Conduct> of(ProjectId project, List<Period> pieces) {
		Map<Period, Conduct> known = known(project, pieces);
		List<Conduct> all = new ArrayList<>();
		int counted = 0;
		for (Period piece : pieces.reversed()) {
			Conduct conduct = known.get(piece);
			if (conduct == null && counted < MOST_COUNTED) {
				counted++;
				conduct = count(project, piece);
			}
			if (conduct != null && !conduct.operations().isEmpty()) {
				all.add(conduct);
			}
		}
		return all.reversed();
	}

	/** Counts the piece, again if need be. */
	Conduct count(ProjectId project, Period piece) {
		Conduct conduct = Conduct.of(
				this.signals.sampled(project, piece.from(), piece.to(), SPANS_AND_LOGS, MOST_SIGNALS).signals(),
				STATEMENTS);
		this.jdbc.sql("""
				insert into incidents.conduct (project_id, from_time, to_time, counters)
				values (:project, :from, :to, :counters)
				on conflict (project_id, from_time, to_time) do update set counters = excluded.counters
				""")
			.param("project", project.value())
			.param("from", utc(piece.from()))
			.param("to", utc(piece.to()))
			.param("counters", ConductCodec.encode(conduct))
			.update();
		return conduct;
	}

	/** Whether a piece that begins in the range was counted already. */
	boolean holdsAny(ProjectId project, Instant from, Instant to) {
		return this.jdbc.sql("""
				select exists (select from incidents.conduct
				               where project_id = :project and from_time >= :from and from_time < :to)
				""")
			.param("project", project.value())
			.param("from", utc(from))
			.param("to", utc(to))
			.query(Boolean.class)
			.single();
	}

	/** Forgets pieces that no incident reaches back to. */
	void forgetBefore(ProjectId project, Instant time) {
		this.jdbc.sql("delete from incidents.conduct where project_id = :project and from_time < :time")
			.param("project", project.value())
			.param("time", utc(time))
			.update();
	}

	private Map<Period, Conduct> known(ProjectId project, List<Period> pieces) {
		Map<Period, Conduct> known = new HashMap<>();
		this.jdbc.sql("""
				select from_time, to_time, counters from incidents.conduct
				join unnest(:from::timestamptz[], :to::timestamptz[]) wanted (wanted_from, wanted_to)
				on from_time = wanted_from and to_time = wanted_to
				where project_id = :project
				""")
			.param("project", project.value())
			.param("from", pieces.stream().map((piece) -> piece.from().toString()).toArray(String[]::new))
			.param("to", pieces.stream().map((piece) -> piece.to().toString()).toArray(String[]::new))
			.query((row, _) -> decoded(row).map((conduct) -> known.put(period(row), conduct)))
			.list();
		return known;
	}

	private static Optional<Conduct> decoded(ResultSet row) throws SQLException {
		try {
			return Optional.of(ConductCodec.decode(row.getBytes("counters")));
		}
		catch (IllegalArgumentException ex) {
			// Of a later version, after a way back to this one: counted again.
			return Optional.empty();
		}
	}

	private static Period period(ResultSet row) {
		try {
			return new Period(row.getObject("from_time", OffsetDateTime.class).toInstant(),
					row.getObject("to_time", OffsetDateTime.class).toInstant());
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static OffsetDateTime utc(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

}
