package dev.whence.store.write;

import java.time.Instant;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.store.Submission;
import dev.whence.store.commit.Bundle;
import dev.whence.store.commit.Entry;
import dev.whence.store.commit.Key;
import dev.whence.store.commit.Stamp;
import dev.whence.store.copy.CopyBuffer;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.form.JsonText;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a submission is in tables: the signal, its key if a client chose the id, its
 * problem. Each encoder fits the columns of one {@link Table}.
 */
final class SignalRows {

	private SignalRows() {
	}

	static Bundle of(ProjectId project, Submission submission) {
		Signal signal = submission.signal();
		Identity identity = new Identity(project.value(), signal.signalId());
		Problem problem = submission.problem();
		return new Bundle(identity, record(project, signal, submission.contentHash()),
				submission.idFromClient() ? claim(identity, submission.contentHash()) : null,
				(problem != null) ? companion(project, problem) : null);
	}

	private static Entry record(ProjectId project, Signal signal, long contentHash) {
		Table table = Table.of(signal.type());
		return new Entry(table, key(signal.timestamp(), project, signal.signalId()), contentHash,
				(stamp, row) -> signal(project, signal, table, stamp, row),
				(news) -> news.touched(project, signal.timestamp()));
	}

	private static Entry claim(Identity identity, long contentHash) {
		return new Entry(Table.SIGNAL_KEY, Key.of(identity.project(), identity.signalId()), contentHash,
				(stamp, row) -> {
					row.putInt(identity.project());
					row.putUuid(identity.signalId());
					row.putLong(contentHash);
					row.putLong(stamp.received());
				});
	}

	private static Entry companion(ProjectId project, Problem problem) {
		return new Entry(Table.PROBLEM, key(problem.timestamp(), project, problem.signalId()), 0,
				(_, row) -> problem(project, problem, row), (news) -> news.problem(project, problem));
	}

	private static Key key(Instant time, ProjectId project, UUID id) {
		return Key.of(EpochNanos.toLong(time), project.value(), id);
	}

	private static void signal(ProjectId project, Signal signal, Table table, Stamp stamp, CopyBuffer row) {
		row.putLong(EpochNanos.toLong(signal.timestamp()));
		row.putLong(stamp.received());
		row.putUuid(signal.signalId());
		row.putInt(project.value());
		row.putShort(stamp.days(project, table));
		switch (signal) {
			case LogRecord log -> log(log, row);
			case Span span -> span(span, row);
			case MetricPoint point -> point(point, row);
		}
		row.putBytes(JsonText.write(signal.attributes()));
		row.putBytes(JsonText.writeNullable(signal.resource()));
		row.putBytes(JsonText.writeNullable(signal.details()));
	}

	private static void problem(ProjectId project, Problem problem, CopyBuffer row) {
		row.putLong(EpochNanos.toLong(problem.timestamp()));
		row.putInt(project.value());
		row.putUuid(problem.signalId());
		row.putShort(problem.type().code());
		row.putBytes(trace(problem.traceId()));
		row.putText(problem.serviceName());
		row.putShort(problem.severity().code());
		row.putText(problem.fingerprint());
		row.putText(problem.title());
	}

	private static void log(LogRecord log, CopyBuffer row) {
		row.putBytes(trace(log.traceId()));
		row.putBytes(IdCodec.SPAN.encodeNullable(log.spanId()));
		row.putText(log.serviceName());
		row.putText(log.level());
		row.putText(log.message());
	}

	private static void span(Span span, CopyBuffer row) {
		row.putShort(span.kind().code());
		row.putLong(span.duration().toNanos());
		row.putBytes(trace(span.traceId()));
		row.putBytes(IdCodec.SPAN.encode(span.spanId()));
		row.putBytes(IdCodec.SPAN.encodeNullable(span.parentSpanId()));
		row.putText(span.serviceName());
		row.putText(span.name());
		row.putText(span.status());
		row.putText(span.statusMessage());
	}

	private static void point(MetricPoint point, CopyBuffer row) {
		row.putShort(point.kind().code());
		row.putDouble(point.value());
		row.putBytes(trace(point.traceId()));
		row.putText(point.serviceName());
		row.putText(point.name());
		row.putText(point.unit());
	}

	private static byte @Nullable [] trace(@Nullable TraceId trace) {
		return (trace != null) ? IdCodec.TRACE.encode(trace.value()) : null;
	}

	/** A second signal with this id is never stored, whatever its type and time. */
	private record Identity(int project, UUID signalId) {
	}

}
