package dev.whence.store.read;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.store.Position;
import dev.whence.store.SampledSignals;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import dev.whence.store.StoredSubject;
import dev.whence.store.form.Conditions;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.segment.ClosedSignals;
import dev.whence.store.segment.Scan;
import dev.whence.store.segment.StoredRow;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads from PostgreSQL: rows, several signal types in one statement, and after them the
 * segments of what is closed. In this order nothing is missed: what was closed before the
 * rows were read is in segments that the next statement sees. What is closed in between
 * is in both, and given once. Both are asked over one connection, for another server may
 * be behind.
 */
public final class JdbcSignalReader implements SignalReader {

	private static final RowMapper<Problem> PROBLEM = (rs, _) -> {
		String trace = IdCodec.TRACE.decodeNullable(rs.getBytes("trace_id"));
		return new Problem(rs.getObject("signal_id", UUID.class), SignalType.ofCode(rs.getInt("signal_type")),
				(trace != null) ? new TraceId(trace) : null, rs.getString("service"),
				EpochNanos.ofLong(rs.getLong("time")), Severity.ofCode(rs.getInt("severity")),
				rs.getString("fingerprint"), rs.getString("title"));
	};

	private static final String BETWEEN = " where project_id = :project and time >= :from and time < :to";

	/** As the tables are ordered, see {@link Table#SIGNALS}. */
	private static final List<SignalType> IN_ORDER = Arrays.stream(SignalType.values())
		.sorted(Comparator.comparing(Table::of))
		.toList();

	private static final Comparator<Signal> OLDEST_FIRST = Comparator.comparing((Signal signal) -> Position.of(signal))
		.thenComparing((signal) -> signal.type().code());

	private static final Comparator<Signal> NEWEST_FIRST = Comparator
		.comparing((Signal signal) -> Position.of(signal), Comparator.reverseOrder())
		.thenComparing((signal) -> signal.type().code());

	/**
	 * A number below {@link Scans#HASHES} that is the same for all signals of a trace.
	 */
	private static final String TRACE_HASH = "('x' || left(md5(coalesce(trace_id, uuid_send(signal_id))), 8))::bit(32)::bigint";

	/** Signals that are in memory together when many are handed over. */
	private static final int PAGE = 1_000;

	/** Traces differ in size: a little less than the limit is aimed at. */
	private static final double SAMPLED = 0.9;

	private final JdbcClient jdbc;

	private final SignalMapper signals = new SignalMapper();

	private final TransactionOperations transaction;

	private final TransactionOperations connection;

	private final ClosedSignals closed;

	/**
	 * @param transaction in which rows and segments are counted
	 * @param connection over which both are read; needs no transaction
	 */
	public JdbcSignalReader(JdbcClient jdbc, TransactionOperations transaction, TransactionOperations connection,
			ClosedSignals closed) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.connection = connection;
		this.closed = closed;
	}

	@Override
	public List<Signal> search(ProjectId project, SignalFilter filter, int limit, long offset) {
		return search(conditions(project, filter), Scans.of(project, filter, null), filter, limit, offset);
	}

	@Override
	public List<Signal> searchBefore(ProjectId project, SignalFilter filter, Position position, int limit) {
		return search(before(position, conditions(project, filter)), Scans.of(project, filter, position), filter, limit,
				0);
	}

	private List<Signal> search(Conditions conditions, Scan scan, SignalFilter filter, int limit, long offset) {
		return overOneConnection(() -> {
			if (offset > 0) {
				// Where nothing is closed, the database passes over what comes before.
				List<Signal> rows = search(conditions, filter, limit, offset);
				if (this.closed.newest(scan, 1).isEmpty()) {
					return rows;
				}
			}
			long window = limit + offset;
			List<Signal> rows = search(conditions, filter, window, 0);
			List<Signal> closed = signals(this.closed.newest(scan, Math.toIntExact(window)));
			return merge(rows, closed, NEWEST_FIRST, window).stream().skip(offset).toList();
		});
	}

	private List<Signal> search(Conditions conditions, SignalFilter filter, long limit, long offset) {
		// Each table gives its newest rows first, so that the outer sort sees few. The
		// order is total, inside and outside: pages neither repeat nor miss what shares a
		// time.
		String newest = types(filter)
			.map((type) -> "(select " + SignalMapper.columns(type) + " from " + SignalMapper.table(type) + " where "
					+ conditions.sql() + " order by time desc, signal_id desc limit :window)")
			.collect(Collectors.joining("\nunion all\n"));
		String sql = "select * from (" + newest
				+ ") newest order by time desc, signal_id desc, type limit :limit offset :offset";
		return this.jdbc.sql(sql)
			.params(conditions.parameters())
			.param("window", limit + offset)
			.param("limit", limit)
			.param("offset", offset)
			.query(this.signals)
			.list();
	}

	@Override
	public long count(ProjectId project, SignalFilter filter, long most) {
		Conditions conditions = conditions(project, filter);
		String rows = types(filter).map(
				(type) -> "(select 1 from " + SignalMapper.table(type) + " where " + conditions.sql() + " limit :most)")
			.collect(Collectors.joining("\nunion all\n"));
		return together(() -> {
			long open = this.jdbc
				.sql("select count(*) from (select 1 from (" + rows + ") matching limit :most) counted")
				.params(conditions.parameters())
				.param("most", most)
				.query(Long.class)
				.single();
			return open + this.closed.count(Scans.of(project, filter, null), most - open);
		});
	}

	@Override
	public List<Signal> ofTraces(ProjectId project, Collection<TraceId> traces, Instant from, Instant to, int limit) {
		if (traces.isEmpty()) {
			return List.of();
		}
		String sql = IN_ORDER.stream()
			.map((type) -> "select " + SignalMapper.columns(type) + " from " + SignalMapper.table(type)
					+ " where project_id = :project and trace_id = any(:traces)")
			.collect(Collectors.joining("\nunion all\n")) + "\norder by time, signal_id, type limit :limit";
		return overOneConnection(() -> merge(openOfTraces(project, traces, sql, limit),
				closedOfTraces(project, traces, from, to, limit), OLDEST_FIRST, limit));
	}

	private List<Signal> closedOfTraces(ProjectId project, Collection<TraceId> traces, Instant from, Instant to,
			int limit) {
		// Many traces are many questions, and mostly of hours that are still open.
		if (traces.size() > 1
				&& !this.closed.mayHold(project.value(), EpochNanos.nearest(from), EpochNanos.nearest(to))) {
			return List.of();
		}
		return traces.stream()
			.flatMap((trace) -> this.closed.oldest(Scans.of(project, trace, from, to), limit).stream())
			.map(ClosedRows::read)
			.toList();
	}

	private List<Signal> openOfTraces(ProjectId project, Collection<TraceId> traces, String sql, int limit) {
		return this.jdbc.sql(sql)
			.param("project", project.value())
			.param("traces", traces.stream().map((trace) -> IdCodec.TRACE.encode(trace.value())).toArray(byte[][]::new))
			.param("limit", limit)
			.query(this.signals)
			.list();
	}

	@Override
	public List<Problem> problems(ProjectId project, ProblemSubject subject, Instant from, Instant to, int limit) {
		return problems(project, subject, from, to, "time, signal_id", limit);
	}

	@Override
	public List<Problem> latestProblems(ProjectId project, ProblemSubject subject, int limit) {
		return problems(project, subject, EpochNanos.MIN, EpochNanos.MAX, "time desc, signal_id desc", limit)
			.reversed();
	}

	private List<Problem> problems(ProjectId project, ProblemSubject subject, Instant from, Instant to, String order,
			int limit) {
		String condition = switch (subject.kind()) {
			case TRACE -> "trace_id = :value";
			case FINGERPRINT -> "fingerprint = :value and trace_id is null";
			case OBSERVATION -> "false and fingerprint = :value";
		};
		Object value = switch (subject.kind()) {
			case TRACE -> IdCodec.TRACE.encode(subject.value());
			case FINGERPRINT, OBSERVATION -> subject.value();
		};
		return this.jdbc.sql("""
				select signal_id, signal_type, trace_id, service, time, severity, fingerprint, title
				from %s where project_id = :project and %s and time between :from and :to
				order by %s limit :limit
				""".formatted(Table.PROBLEM, condition, order))
			.param("project", project.value())
			.param("value", value)
			.param("from", EpochNanos.toLong(from))
			.param("to", EpochNanos.toLong(to))
			.param("limit", limit)
			.query(PROBLEM)
			.list();
	}

	@Override
	public Map<UUID, Instant> storedAt(ProjectId project, Collection<Problem> problems) {
		Map<UUID, Instant> times = new HashMap<>();
		this.jdbc.sql("""
				select signal_id, stored_at from %s
				join unnest(:times::bigint[], :ids::uuid[]) wanted (wanted_time, wanted_id)
				on time = wanted_time and signal_id = wanted_id where project_id = :project
				""".formatted(Table.PROBLEM))
			.param("times",
					problems.stream().map((problem) -> EpochNanos.toLong(problem.timestamp())).toArray(Long[]::new))
			.param("ids", problems.stream().map(Problem::signalId).toArray(UUID[]::new))
			.param("project", project.value())
			.query((rs) -> {
				times.put(rs.getObject(1, UUID.class), rs.getObject(2, OffsetDateTime.class).toInstant());
			});
		return times;
	}

	@Override
	public List<StoredSubject> subjectsStoredSince(Instant since, int limit) {
		return this.jdbc.sql("""
				select project_id, trace_id, case when trace_id is null then fingerprint end as fingerprint,
				       max(stored_at) as latest
				from %s where stored_at >= :since
				group by 1, 2, 3 order by latest limit :limit
				""".formatted(Table.PROBLEM))
			.param("since", since.atOffset(ZoneOffset.UTC))
			.param("limit", limit)
			.query((rs, _) -> {
				String trace = IdCodec.TRACE.decodeNullable(rs.getBytes("trace_id"));
				ProblemSubject subject = (trace != null) ? new ProblemSubject(ProblemSubject.Kind.TRACE, trace)
						: new ProblemSubject(ProblemSubject.Kind.FINGERPRINT, rs.getString("fingerprint"));
				return new StoredSubject(new ProjectId(rs.getInt("project_id")), subject,
						rs.getObject("latest", OffsetDateTime.class).toInstant());
			})
			.list();
	}

	@Override
	public List<Signal> between(ProjectId project, Instant from, Instant to, Set<SignalType> types, int limit) {
		return interval(project, from, to, types, 1, null, limit);
	}

	@Override
	public List<Signal> betweenAfter(ProjectId project, Instant from, Instant to, Set<SignalType> types,
			Position position, int limit) {
		return interval(project, from, to, types, 1, position, limit);
	}

	@Override
	public SampledSignals sampled(ProjectId project, Instant from, Instant to, Set<SignalType> types, int limit) {
		List<Signal> all = interval(project, from, to, types, 1, null, limit + 1);
		if (all.size() <= limit) {
			return new SampledSignals(all, 1);
		}
		double share = SAMPLED * limit / countBetween(project, from, to, types);
		return new SampledSignals(interval(project, from, to, types, share, null, limit), share);
	}

	@Override
	public double sampled(ProjectId project, Instant from, Instant to, Set<SignalType> types, int limit,
			Consumer<? super Signal> consumer) {
		if (types.isEmpty()) {
			return 1;
		}
		long all = countBetween(project, from, to, types);
		double share = (all <= limit) ? 1 : SAMPLED * limit / all;
		Position position = null;
		int left = limit;
		while (left > 0) {
			int size = Math.min(left, PAGE);
			List<Signal> page = interval(project, from, to, types, share, position, size);
			page.forEach(consumer);
			if (page.size() < size) {
				break;
			}
			position = Position.of(page.getLast());
			left -= size;
		}
		return share;
	}

	private List<Signal> interval(ProjectId project, Instant from, Instant to, Set<SignalType> types, double share,
			@Nullable Position after, int limit) {
		if (types.isEmpty()) {
			return List.of();
		}
		return overOneConnection(() -> merge(openInterval(project, from, to, types, share, after, limit),
				signals(this.closed.oldest(Scans.of(project, from, to, types, share, after), limit)), OLDEST_FIRST,
				limit));
	}

	private List<Signal> openInterval(ProjectId project, Instant from, Instant to, Set<SignalType> types, double share,
			@Nullable Position after, int limit) {
		String belongs = ((share < 1) ? " and " + TRACE_HASH + " < :hash" : "")
				+ ((after != null) ? " and (time, signal_id) > (:from, :after)" : "");
		String sql = IN_ORDER.stream()
			.filter(types::contains)
			.map((type) -> "(select " + SignalMapper.columns(type) + " from " + SignalMapper.table(type) + BETWEEN
					+ belongs + " order by time, signal_id limit :limit)")
			.collect(Collectors.joining("\nunion all\n", "select * from (",
					") oldest order by time, signal_id, type limit :limit"));
		return this.jdbc.sql(sql)
			.param("project", project.value())
			.param("from", EpochNanos.toLong((after != null) ? after.time() : from))
			.param("after", (after != null) ? after.id() : null)
			.param("to", EpochNanos.toLong(to))
			.param("hash", (long) (share * Scans.HASHES))
			.param("limit", limit)
			.query(this.signals)
			.list();
	}

	private long countBetween(ProjectId project, Instant from, Instant to, Set<SignalType> types) {
		String sql = IN_ORDER.stream()
			.filter(types::contains)
			.map((type) -> "(select count(*) from " + SignalMapper.table(type) + BETWEEN + ")")
			.collect(Collectors.joining(" + ", "select ", ""));
		return together(() -> this.jdbc.sql(sql)
			.param("project", project.value())
			.param("from", EpochNanos.toLong(from))
			.param("to", EpochNanos.toLong(to))
			.query(Long.class)
			.single() + this.closed.count(Scans.of(project, from, to, types, 1, null), Long.MAX_VALUE));
	}

	@Override
	public List<Signal> byProblems(ProjectId project, Collection<Problem> problems) {
		Map<Table, Map<UUID, Long>> wanted = new HashMap<>();
		problems.forEach((problem) -> wanted.computeIfAbsent(Table.of(problem.type()), (_) -> new HashMap<>())
			.put(problem.signalId(), EpochNanos.toLong(problem.timestamp())));
		return overOneConnection(() -> merge(openByProblems(project, problems),
				signals(this.closed.find(project.value(), wanted)), OLDEST_FIRST, Long.MAX_VALUE));
	}

	private List<Signal> openByProblems(ProjectId project, Collection<Problem> problems) {
		Map<SignalType, List<Problem>> byType = problems.stream()
			.collect(Collectors.groupingBy(Problem::type, () -> new TreeMap<>(Comparator.comparing(Table::of)),
					Collectors.toList()));
		List<Signal> found = new ArrayList<>();
		byType.forEach((type, some) -> found.addAll(this.jdbc
			.sql("select " + SignalMapper.columns(type) + " from " + SignalMapper.table(type) + """
					 join unnest(:times::bigint[], :ids::uuid[]) wanted (wanted_time, wanted_id)
					 on time = wanted_time and signal_id = wanted_id where project_id = :project
					""")
			.param("times", some.stream().map((problem) -> EpochNanos.toLong(problem.timestamp())).toArray(Long[]::new))
			.param("ids", some.stream().map(Problem::signalId).toArray(UUID[]::new))
			.param("project", project.value())
			.query(this.signals)
			.list()));
		return found;
	}

	/**
	 * While a transaction lasts, the partitions of rows that were counted in it cannot be
	 * dropped, so that they are not counted again. Late rows, which are deleted, may be.
	 */
	private <T> T together(Supplier<T> counting) {
		return Objects.requireNonNull(this.transaction.execute((_) -> counting.get()));
	}

	private <T> T overOneConnection(Supplier<T> reading) {
		return Objects.requireNonNull(this.connection.execute((_) -> reading.get()));
	}

	private static List<Signal> signals(List<StoredRow> rows) {
		return rows.stream().map(ClosedRows::read).toList();
	}

	/**
	 * What was closed after the rows were read, and before the segments were, is in both.
	 * @param open was read before the others
	 */
	private static List<Signal> merge(List<Signal> open, List<Signal> closed, Comparator<Signal> order, long limit) {
		List<Signal> all = new ArrayList<>(open);
		all.addAll(closed);
		all.sort(order);
		List<Signal> once = new ArrayList<>();
		for (Signal signal : all) {
			if (once.isEmpty() || order.compare(once.getLast(), signal) != 0) {
				once.add(signal);
			}
			if (once.size() == limit) {
				break;
			}
		}
		return once;
	}

	private static Stream<SignalType> types(SignalFilter filter) {
		return IN_ORDER.stream().filter((type) -> filter.type() == null || filter.type() == type);
	}

	private static Conditions conditions(ProjectId project, SignalFilter filter) {
		return Conditions.of(project)
			.and("trace_id = :trace", "trace",
					(filter.traceId() != null) ? IdCodec.TRACE.encode(filter.traceId().value()) : null)
			.and("service = :service", "service", filter.serviceName())
			.and("time >= :from", "from", nanos(filter.from()))
			.and("time <= :to", "to", nanos(filter.to()));
	}

	/** The range of times lets the index begin where the page does. */
	private static Conditions before(Position position, Conditions conditions) {
		return conditions.and("time <= :before and (time, signal_id) < (:before, :id)")
			.with("before", EpochNanos.toLong(position.time()))
			.with("id", position.id());
	}

	private static @Nullable Long nanos(@Nullable Instant time) {
		return (time != null) ? EpochNanos.toLong(time) : null;
	}

}
