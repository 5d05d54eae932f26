package dev.whence.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes to PostgreSQL: one statement per table and call, whatever the number of signals.
 * Rows go in sorted by id, so that two calls with the same signals cannot deadlock.
 */
final class JdbcSignalWriter implements SignalWriter {

	private final JdbcTemplate jdbc;

	private final TransactionOperations transactions;

	private final Outbox outbox;

	private final ProblemAnnouncer announcer;

	private final SignalRows<Submission> keys;

	private final SignalRows<LogRecord> logs;

	private final SignalRows<Span> spans;

	private final SignalRows<MetricPoint> points;

	private final SignalRows<Problem> problems;

	JdbcSignalWriter(JdbcTemplate jdbc, TransactionOperations transactions, Outbox outbox, ProblemAnnouncer announcer,
			JsonText json) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.outbox = outbox;
		this.announcer = announcer;
		this.keys = new SignalRows<Submission>("signal_key").column("signal_id", "uuid", (s) -> s.signal().signalId())
			.column("content_hash", "bigint", Submission::contentHash);
		this.logs = JdbcSignalWriter.<LogRecord>signalColumns("log_record", json)
			.column("span_id", "bytea", (log) -> IdCodec.SPAN.encodeNullable(log.spanId()))
			.column("level", "text", LogRecord::level)
			.column("message", "text", LogRecord::message);
		this.spans = JdbcSignalWriter.<Span>signalColumns("span", json)
			.column("span_id", "bytea", (span) -> IdCodec.SPAN.encode(span.spanId()))
			.column("parent_span_id", "bytea", (span) -> IdCodec.SPAN.encodeNullable(span.parentSpanId()))
			.column("name", "text", Span::name)
			.column("kind", "smallint", (span) -> span.kind().ordinal())
			.column("duration", "bigint", (span) -> span.duration().toNanos())
			.column("status", "text", Span::status)
			.column("status_message", "text", Span::statusMessage);
		this.points = JdbcSignalWriter.<MetricPoint>signalColumns("metric_point", json)
			.column("name", "text", MetricPoint::name)
			.column("kind", "smallint", (point) -> point.kind().ordinal())
			.column("value", "float8", MetricPoint::value)
			.column("unit", "text", MetricPoint::unit);
		this.problems = new SignalRows<Problem>("problem")
			.column("time", "bigint", (problem) -> EpochNanos.toLong(problem.timestamp()))
			.column("signal_id", "uuid", Problem::signalId)
			.column("signal_type", "smallint", (problem) -> problem.type().ordinal())
			.column("trace_id", "bytea",
					(problem) -> IdCodec.TRACE.encodeNullable(Objects.toString(problem.traceId(), null)))
			.column("service", "text", Problem::serviceName)
			.column("severity", "smallint", (problem) -> problem.severity().ordinal())
			.column("fingerprint", "text", Problem::fingerprint)
			.column("title", "text", Problem::title);
	}

	@Override
	public List<WriteOutcome> write(ProjectId project, List<Submission> submissions) {
		if (submissions.isEmpty()) {
			return List.of();
		}
		Map<UUID, Submission> first = new LinkedHashMap<>();
		submissions.forEach((submission) -> first.putIfAbsent(submission.signal().signalId(), submission));
		List<Submission> candidates = new ArrayList<>(first.values());
		candidates.sort(Comparator.comparing((submission) -> submission.signal().signalId()));
		Written written = Objects.requireNonNull(this.transactions.execute((_) -> store(project, candidates)));
		return outcomes(submissions, first, written);
	}

	private Written store(ProjectId project, List<Submission> candidates) {
		Written written = Objects.requireNonNull(
				this.jdbc.execute((Connection connection) -> insert(connection, project.value(), candidates)));
		List<Problem> problems = candidates.stream()
			.filter((submission) -> written.stored().contains(submission.signal().signalId()))
			.map(Submission::problem)
			.filter(Objects::nonNull)
			.toList();
		if (!problems.isEmpty()) {
			this.jdbc.execute((Connection connection) -> this.problems.insert(connection, project.value(), problems));
			this.outbox.append(this.announcer.announce(project, problems));
		}
		return written;
	}

	private Written insert(Connection connection, int project, List<Submission> candidates) throws SQLException {
		List<Submission> chosen = candidates.stream().filter(Submission::idFromClient).toList();
		Set<UUID> taken = new HashSet<>();
		chosen.forEach((submission) -> taken.add(submission.signal().signalId()));
		this.keys.insert(connection, project, chosen).forEach(taken::remove);
		Map<UUID, Long> known = knownHashes(connection, project, taken);

		List<Signal> fresh = candidates.stream()
			.map(Submission::signal)
			.filter((signal) -> !taken.contains(signal.signalId()))
			.toList();
		Set<UUID> stored = new HashSet<>();
		stored.addAll(this.logs.insert(connection, project, only(LogRecord.class, fresh)));
		stored.addAll(this.spans.insert(connection, project, only(Span.class, fresh)));
		stored.addAll(this.points.insert(connection, project, only(MetricPoint.class, fresh)));
		return new Written(stored, known);
	}

	private static Map<UUID, Long> knownHashes(Connection connection, int project, Collection<UUID> ids)
			throws SQLException {
		if (ids.isEmpty()) {
			return Map.of();
		}
		Map<UUID, Long> hashes = new HashMap<>();
		try (PreparedStatement statement = connection.prepareStatement("""
				select signal_id, content_hash from signals.signal_key where project_id = ? and signal_id = any(?)
				""")) {
			statement.setInt(1, project);
			statement.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					hashes.put(result.getObject(1, UUID.class), result.getLong(2));
				}
			}
		}
		return hashes;
	}

	private static List<WriteOutcome> outcomes(List<Submission> submissions, Map<UUID, Submission> first,
			Written written) {
		WriteOutcome[] outcomes = new WriteOutcome[submissions.size()];
		Arrays.setAll(outcomes, (i) -> {
			Submission submission = submissions.get(i);
			UUID id = submission.signal().signalId();
			Submission winner = Objects.requireNonNull(first.get(id));
			if (winner == submission && written.stored().contains(id)) {
				return WriteOutcome.STORED;
			}
			long hash = written.known().getOrDefault(id, winner.contentHash());
			return (hash == submission.contentHash()) ? WriteOutcome.DUPLICATE : WriteOutcome.CONFLICT;
		});
		return List.of(outcomes);
	}

	private static <T extends Signal> SignalRows<T> signalColumns(String table, JsonText json) {
		return new SignalRows<T>(table).column("time", "bigint", (signal) -> EpochNanos.toLong(signal.timestamp()))
			.column("signal_id", "uuid", Signal::signalId)
			.column("trace_id", "bytea",
					(signal) -> IdCodec.TRACE.encodeNullable(Objects.toString(signal.traceId(), null)))
			.column("service", "text", Signal::serviceName)
			.column("attributes", "text", (signal) -> json.write(signal.attributes()))
			.column("resource", "text", (signal) -> json.writeNullable(signal.resource()))
			.column("details", "text", (signal) -> json.writeNullable(signal.details()));
	}

	private static <T extends Signal> List<T> only(Class<T> type, List<Signal> signals) {
		return signals.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * @param known hashes of the contents that were stored before under ids that clients
	 * chose
	 */
	private record Written(Set<UUID> stored, Map<UUID, Long> known) {
	}

}
