package dev.whence.store.commit;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.store.Submission;
import dev.whence.store.copy.CopyBuffer;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.form.JsonText;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is submitted into rows; each method fits the columns of one {@link Table}.
 */
final class RowEncoder {

	private RowEncoder() {
	}

	static void signal(ProjectId project, Signal signal, int retentionDays, long received, CopyBuffer out) {
		out.startRow(Table.of(signal.type()).columnCount());
		out.putLong(EpochNanos.toLong(signal.timestamp()));
		out.putLong(received);
		out.putUuid(signal.signalId());
		out.putInt(project.value());
		out.putShort(retentionDays);
		switch (signal) {
			case LogRecord log -> log(log, out);
			case Span span -> span(span, out);
			case MetricPoint point -> point(point, out);
		}
		out.putBytes(JsonText.write(signal.attributes()));
		out.putBytes(JsonText.writeNullable(signal.resource()));
		out.putBytes(JsonText.writeNullable(signal.details()));
	}

	static void key(ProjectId project, Submission submission, long received, CopyBuffer out) {
		out.startRow(Table.SIGNAL_KEY.columnCount());
		out.putInt(project.value());
		out.putUuid(submission.signal().signalId());
		out.putLong(submission.contentHash());
		out.putLong(received);
	}

	static void problem(ProjectId project, Problem problem, CopyBuffer out) {
		out.startRow(Table.PROBLEM.columnCount());
		out.putLong(EpochNanos.toLong(problem.timestamp()));
		out.putInt(project.value());
		out.putUuid(problem.signalId());
		out.putShort(problem.type().code());
		out.putBytes(trace(problem.traceId()));
		out.putText(problem.serviceName());
		out.putShort(problem.severity().code());
		out.putText(problem.fingerprint());
		out.putText(problem.title());
	}

	private static void log(LogRecord log, CopyBuffer out) {
		out.putBytes(trace(log.traceId()));
		out.putBytes(IdCodec.SPAN.encodeNullable(log.spanId()));
		out.putText(log.serviceName());
		out.putText(log.level());
		out.putText(log.message());
	}

	private static void span(Span span, CopyBuffer out) {
		out.putShort(span.kind().code());
		out.putLong(span.duration().toNanos());
		out.putBytes(trace(span.traceId()));
		out.putBytes(IdCodec.SPAN.encode(span.spanId()));
		out.putBytes(IdCodec.SPAN.encodeNullable(span.parentSpanId()));
		out.putText(span.serviceName());
		out.putText(span.name());
		out.putText(span.status());
		out.putText(span.statusMessage());
	}

	private static void point(MetricPoint point, CopyBuffer out) {
		out.putShort(point.kind().code());
		out.putDouble(point.value());
		out.putBytes(trace(point.traceId()));
		out.putText(point.serviceName());
		out.putText(point.name());
		out.putText(point.unit());
	}

	private static byte @Nullable [] trace(@Nullable TraceId trace) {
		return (trace != null) ? IdCodec.TRACE.encode(trace.value()) : null;
	}

}
