package dev.whence.store.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.ProjectId;
import dev.whence.model.TraceId;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunEventType;
import dev.whence.model.run.StepCounts;
import dev.whence.store.FoundStep;
import dev.whence.store.ListedRun;
import dev.whence.store.Position;
import dev.whence.store.RunFilter;
import dev.whence.store.RunReader;
import dev.whence.store.StepFilter;
import dev.whence.store.StepTotals;
import dev.whence.store.form.Conditions;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.form.JsonText;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads events of runs from PostgreSQL. */
public final class JdbcRunReader implements RunReader {

	private static final String EVENTS = Table.RUN_EVENT.qualifiedName();

	private static final String OF_RUNS = kinds(
			Arrays.stream(RunEventType.values()).filter(RunEventType::isOfRun).toArray(RunEventType[]::new));

	private static final String STEP_ENDS = kinds(RunEventType.STEP_COMPLETE, RunEventType.STEP_FAILED);

	private static final String RUN_ENDS = kinds(RunEventType.RUN_COMPLETE, RunEventType.RUN_FAILED);

	private static final String STEPS = kinds(RunEventType.STEP_START, RunEventType.STEP_COMPLETE,
			RunEventType.STEP_FAILED);

	/** Whether a row tells of a run by itself, and not only that there is one. */
	private static final String TOLD = "(%s.kind <> " + RunEventType.RUN_SEEN.code() + ")";

	/** Of what clients said in all that one answer is made of. */
	private static final long MOST_BYTES = 64L * 1024 * 1024;

	private static final int MOST_OF_RUNS = 100_000;

	private static final RowMapper<RunEvent> EVENT = (rs, _) -> new RunEvent(rs.getObject(1, UUID.class),
			rs.getObject(2, UUID.class), RunEventType.ofCode(rs.getInt(3)), rs.getString(4),
			JsonText.read(rs.getBytes(5)));

	/**
	 * All or none: putting a thousand in order costs four times as much as finding them.
	 */
	private static final String ALL = """
			with found as materialized (
			    select run_id, subject, kind, type_name, data from %s
			     where project_id = :project and run_id = any(:runs) and %s limit :limit + 1)
			select run_id, subject, kind, type_name, data from found
			 where (select count(*) <= :limit and sum(octet_length(data)) <= :bytes from found)
			""";

	/**
	 * What tells of runs comes first, so that a limit cuts steps; those of the last run.
	 */
	private static final String FIRST = """
			select run_id, subject, kind, type_name, data from (
			    select *, sum(octet_length(data)) over (order by place, run_id, time, event_id
			                                            rows unbounded preceding) as bytes
			      from (select run_id, subject, kind, type_name, data, time, event_id,
			                   case when kind in %s then 0 else array_position(:runs, run_id) end as place
			              from %s where project_id = :project and run_id = any(:runs) and %s
			             order by place, run_id, time, event_id limit :limit) found) enough
			 where bytes <= :bytes
			""";

	private final JdbcClient jdbc;

	public JdbcRunReader(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public Map<UUID, List<RunEvent>> events(ProjectId project, Collection<UUID> runs, int limit) {
		return events(project, runs, "kind <> " + RunEventType.OTHER.code(), limit);
	}

	@Override
	public Map<UUID, List<RunEvent>> eventsOfRuns(ProjectId project, Collection<UUID> runs) {
		return events(project, runs, "kind in " + OF_RUNS, MOST_OF_RUNS);
	}

	private Map<UUID, List<RunEvent>> events(ProjectId project, Collection<UUID> runs, String condition, int limit) {
		if (runs.isEmpty()) {
			return Map.of();
		}
		List<RunEvent> all = read(ALL.formatted(EVENTS, condition), project, runs, limit);
		// None are in the answer, too, where they are more than may be read.
		List<RunEvent> some = all.isEmpty() ? read(FIRST.formatted(OF_RUNS, EVENTS, condition), project, runs, limit)
				: all;
		return some.stream().collect(Collectors.groupingBy(RunEvent::runId));
	}

	private List<RunEvent> read(String sql, ProjectId project, Collection<UUID> runs, int limit) {
		return this.jdbc.sql(sql)
			.param("project", project.value())
			.param("runs", runs.toArray(UUID[]::new))
			.param("limit", limit)
			.param("bytes", MOST_BYTES)
			.query(EVENT)
			.list();
	}

	@Override
	public Map<UUID, StepTotals> stepTotals(ProjectId project, Collection<UUID> runs) {
		Map<UUID, StepTotals> totals = new HashMap<>();
		if (runs.isEmpty()) {
			return totals;
		}
		// Of several events about one step the one that ended last is believed, and for
		// the cost the last one that says any.
		this.jdbc.sql("""
				select run_id, count(*), count(*) filter (where kind = %d), coalesce(sum(cost::numeric), 0)::float8
				  from (select run_id, (array_agg(kind order by time desc, kind desc, event_id))[1] as kind,
				               (array_agg(cost order by time desc, kind desc, event_id)
				                filter (where cost is not null))[1] as cost
				          from %s where project_id = :project and run_id = any(:runs) and kind in %s
				         group by run_id, subject) step
				 group by run_id
				""".formatted(RunEventType.STEP_FAILED.code(), EVENTS, STEPS))
			.param("project", project.value())
			.param("runs", runs.toArray(UUID[]::new))
			.query((rs) -> {
				totals.put(rs.getObject(1, UUID.class), new StepTotals(rs.getInt(2), rs.getInt(3), rs.getDouble(4)));
			});
		return totals;
	}

	@Override
	public List<ListedRun> runs(ProjectId project, RunFilter filter, @Nullable Position before, int limit) {
		Conditions conditions = new Conditions().and("r.project_id = :project", "project", project.value())
			.and("r.kind in " + OF_RUNS)
			.and("r.started >= :from", "from", nanos(filter.from()))
			.and("r.started <= :to", "to", nanos(filter.to()));
		if (before != null) {
			before("(r.started, r.event_id)", before, conditions);
		}
		// A run stands where the event says that tells of it last; nowhere else.
		String standing = "select r.run_id, r.started, r.event_id from " + EVENTS + " r where " + conditions.sql()
				+ " and not exists (select from " + EVENTS
				+ " o where o.run_id = r.run_id and o.project_id = r.project_id and o.kind in " + OF_RUNS + " and ("
				+ TOLD.formatted("o") + ", o.time, o.event_id) > (" + TOLD.formatted("r")
				+ ", r.time, r.event_id)) and %s order by started desc, event_id desc limit :limit";
		Conditions names = new Conditions().and("%1$s.name = :name", "name", filter.name())
			.and("strpos(lower(%1$s.name), lower(:part)) > 0", "part", filter.containing());
		return this.jdbc.sql(names.isEmpty() ? standing.formatted(names.sql()) : named(standing, names.sql()))
			.params(conditions.parameters())
			.params(names.parameters())
			.param("limit", limit)
			.query((rs, _) -> new ListedRun(rs.getObject(1, UUID.class), position(rs, "started")))
			.list();
	}

	// Where the last event does not say what the run is called, an earlier one may. Two
	// questions, so that each goes along the index of names.
	private static String named(String standing, String name) {
		String earlier = "r.name is null and exists (select from " + EVENTS
				+ " n where n.run_id = r.run_id and n.project_id = r.project_id and n.kind in " + OF_RUNS + " and "
				+ name.formatted("n") + ")";
		return "(" + standing.formatted(name.formatted("r")) + ") union all (" + standing.formatted(earlier)
				+ ") order by started desc, event_id desc limit :limit";
	}

	@Override
	public Map<ProjectId, List<String>> namesOfStored(Instant from, Instant to, int limit) {
		Map<ProjectId, List<String>> names = new HashMap<>();
		this.jdbc
			.sql("""
					select project_id, name from (
					    select project_id, name, row_number() over (partition by project_id order by name) as place
					      from (select distinct project_id, name from %s
					             where received >= :from and received < :to and kind in %s and name is not null) named) numbered
					 where place <= :limit order by project_id, name
					"""
				.formatted(EVENTS, RUN_ENDS))
			.param("from", nanos(from))
			.param("to", nanos(to))
			.param("limit", limit)
			.query((rs) -> {
				names.computeIfAbsent(new ProjectId(rs.getInt(1)), (_) -> new ArrayList<>()).add(rs.getString(2));
			});
		return names;
	}

	@Override
	public List<UUID> ofTrace(ProjectId project, TraceId trace, int limit) {
		return this.jdbc.sql("select run_id from " + EVENTS
				+ " where project_id = :project and trace_id = :trace group by run_id order by min(started) desc, run_id limit :limit")
			.param("project", project.value())
			.param("trace", IdCodec.TRACE.encode(trace.value()))
			.param("limit", limit)
			.query(UUID.class)
			.list();
	}

	@Override
	public List<FoundStep> steps(ProjectId project, StepFilter filter, @Nullable Position before, int limit) {
		Conditions conditions = Conditions.of(project)
			.and("kind in " + STEP_ENDS)
			.and("drop_rate is not null")
			.and("step_type = :type", "type", filter.type())
			.and("name = :name", "name", filter.name())
			.and("drop_rate >= :least", "least", filter.minDropRate())
			.and("drop_rate <= :most", "most", filter.maxDropRate())
			.and("time >= :from", "from", nanos(filter.from()))
			.and("time <= :to", "to", nanos(filter.to()));
		if (before != null) {
			before("(time, event_id)", before, conditions);
		}
		return this.jdbc
			.sql("select run_id, subject, kind, name, step_type, input_count, output_count, drop_rate, cost, "
					+ "started, time, event_id from " + EVENTS + " where " + conditions.sql()
					+ " order by time desc, event_id desc limit :limit")
			.params(conditions.parameters())
			.param("limit", limit)
			.query(JdbcRunReader::foundStep)
			.list();
	}

	private static FoundStep foundStep(ResultSet rs, int rowNumber) throws SQLException {
		return new FoundStep(rs.getObject("run_id", UUID.class), rs.getObject("subject", UUID.class),
				Objects.requireNonNullElse(rs.getString("name"), "unnamed"), rs.getString("step_type"),
				rs.getInt("kind") == RunEventType.STEP_FAILED.code(),
				new StepCounts(rs.getObject("input_count", Long.class), rs.getObject("output_count", Long.class),
						rs.getObject("drop_rate", Double.class)),
				rs.getObject("cost", Double.class), EpochNanos.ofLong(rs.getLong("started")), position(rs, "time"));
	}

	private static Position position(ResultSet rs, String time) throws SQLException {
		return new Position(EpochNanos.ofLong(rs.getLong(time)), rs.getObject("event_id", UUID.class));
	}

	private static @Nullable Long nanos(@Nullable Instant time) {
		return (time != null) ? EpochNanos.toLong(time) : null;
	}

	private static void before(String order, Position position, Conditions conditions) {
		conditions.and(order + " < (:time, :id)")
			.with("time", EpochNanos.toLong(position.time()))
			.with("id", position.id());
	}

	private static String kinds(RunEventType... types) {
		return Arrays.stream(types)
			.map((type) -> String.valueOf(type.code()))
			.collect(Collectors.joining(", ", "(", ")"));
	}

}
