package dev.whence.e2e.client;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** Stands between the SDK and its exporters and notes what they report. */
final class Exports {

	private final Queue<Export> spans = new ConcurrentLinkedQueue<>();

	private final Queue<Export> logs = new ConcurrentLinkedQueue<>();

	private final Queue<Export> points = new ConcurrentLinkedQueue<>();

	/** Spans, by span id, of the exports that ended so. */
	List<String> spans(boolean successful) {
		return ended(this.spans, successful);
	}

	/** Logs, by body. */
	List<String> logs(boolean successful) {
		return ended(this.logs, successful);
	}

	/** Data points, by the metric's name, time and phase. */
	List<String> points(boolean successful) {
		return ended(this.points, successful);
	}

	/** How long the longest export took, in milliseconds: retries make it long. */
	long longestMillis() {
		return Stream.of(this.spans, this.logs, this.points)
			.flatMap(Queue::stream)
			.mapToLong((export) -> export.millis)
			.max()
			.orElse(0);
	}

	private static List<String> ended(Queue<Export> exports, boolean successful) {
		return exports.stream()
			.filter((export) -> export.result.isDone() && export.result.isSuccess() == successful)
			.flatMap((export) -> export.records.stream())
			.toList();
	}

	private static String phase(PointData point) {
		String phase = point.getAttributes().get(AttributeKey.stringKey("phase"));
		return (phase != null) ? phase : "";
	}

	private static CompletableResultCode note(Queue<Export> exports, List<String> records,
			CompletableResultCode result) {
		Export export = new Export(records, result);
		exports.add(export);
		long begun = System.nanoTime();
		result.whenComplete(() -> export.millis = (System.nanoTime() - begun) / 1_000_000);
		return result;
	}

	SpanExporter noting(SpanExporter exporter) {
		return new SpanExporter() {

			@Override
			public CompletableResultCode export(Collection<SpanData> data) {
				return note(Exports.this.spans, data.stream().map(SpanData::getSpanId).toList(), exporter.export(data));
			}

			@Override
			public CompletableResultCode flush() {
				return exporter.flush();
			}

			@Override
			public CompletableResultCode shutdown() {
				return exporter.shutdown();
			}

		};
	}

	LogRecordExporter noting(LogRecordExporter exporter) {
		return new LogRecordExporter() {

			@Override
			public CompletableResultCode export(Collection<LogRecordData> data) {
				return note(Exports.this.logs,
						data.stream().map((log) -> String.valueOf(log.getBodyValue().asString())).toList(),
						exporter.export(data));
			}

			@Override
			public CompletableResultCode flush() {
				return exporter.flush();
			}

			@Override
			public CompletableResultCode shutdown() {
				return exporter.shutdown();
			}

		};
	}

	MetricExporter noting(MetricExporter exporter) {
		return new MetricExporter() {

			@Override
			public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
				return exporter.getAggregationTemporality(instrumentType);
			}

			@Override
			public CompletableResultCode export(Collection<MetricData> data) {
				return note(Exports.this.points,
						data.stream()
							.flatMap((metric) -> metric.getData()
								.getPoints()
								.stream()
								.map((point) -> metric.getName() + " " + point.getEpochNanos() + " " + phase(point)))
							.toList(),
						exporter.export(data));
			}

			@Override
			public CompletableResultCode flush() {
				return exporter.flush();
			}

			@Override
			public CompletableResultCode shutdown() {
				return exporter.shutdown();
			}

		};
	}

	private static final class Export {

		private final List<String> records;

		private final CompletableResultCode result;

		private volatile long millis;

		Export(List<String> records, CompletableResultCode result) {
			this.records = records;
			this.result = result;
		}

	}

}
