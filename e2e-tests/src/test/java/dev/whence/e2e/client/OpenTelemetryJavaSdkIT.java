package dev.whence.e2e.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.whence.e2e.platform.DatabasePause;
import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.Whence;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenTelemetry SDK for Java, with its own retries, while PostgreSQL hangs. */
class OpenTelemetryJavaSdkIT {

	private static final org.slf4j.Logger logger = LoggerFactory.getLogger(OpenTelemetryJavaSdkIT.class);

	private static final Duration BATCH = Duration.ofMillis(200);

	/**
	 * Longer than ingest waits for PostgreSQL before it answers 503, and less than the
	 * eight seconds for which the SDK tries again.
	 */
	private static final Duration OUTAGE = Duration.ofSeconds(4);

	private static final int RECORDS = 40;

	private final Whence whence = Whence.running();

	private final String run = UUID.randomUUID().toString().substring(0, 8);

	@Test
	void everyRecordThatIsReportedAsExportedIsStoredOnceDespiteAnOutage() throws InterruptedException {
		Map<String, Exports> clients = Map.of("sdk-http-" + this.run, new Exports(), "sdk-grpc-" + this.run,
				new Exports());
		List<Client> running = clients.entrySet()
			.stream()
			.map((client) -> client(client.getKey(), client.getValue()))
			.toList();
		double refusedBefore = refusals();
		record(running, "before");
		flush(running);
		try (DatabasePause _ = DatabasePause.of(this.whence.database())) {
			record(running, "during");
			Thread.sleep(OUTAGE);
		}
		record(running, "after");
		flush(running);
		running.forEach((client) -> client.sdk.close());

		double refused = refusals() - refusedBefore;
		logger.info("{} exports were answered 503", refused);
		assertThat(refused).as("both clients met the outage").isGreaterThanOrEqualTo(4);
		clients.forEach((service, exports) -> {
			StoredSignals stored = StoredSignals.of(service);
			logger.info("{}: {} spans, {} logs, {} points exported, {} failed, the longest export took {} ms", service,
					exports.spans(true).size(), exports.logs(true).size(), exports.points(true).size(),
					exports.spans(false).size() + exports.logs(false).size() + exports.points(false).size(),
					exports.longestMillis());
			assertOnce(service + " spans", exports.spans(true), exports.spans(false), stored.spans());
			assertOnce(service + " logs", exports.logs(true), exports.logs(false), stored.logs());
			assertOnce(service + " points", exports.points(true), exports.points(false), stored.points());
			assertThat(exports.logs(true)).as("%s retried until the outage was over", service)
				.filteredOn((body) -> body.startsWith("during"))
				.hasSize(RECORDS);
			assertThat(exports.logs(false)).as(service).isEmpty();
		});
	}

	/** Exports that ingest answered with 503 so far. */
	private double refusals() {
		String metrics = GatewayClient.withoutCredential(this.whence.process(Service.INGEST).url())
			.get("/metrics")
			.body();
		assertThat(metrics).contains("http_server_requests_seconds_count");
		return metrics.lines()
			.filter((line) -> line.startsWith("http_server_requests_seconds_count{") && line.contains("status=\"503\"")
					&& line.contains("uri=\"/v1/"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private static void assertOnce(String what, List<String> exported, List<String> failed,
			Map<String, Integer> stored) {
		assertThat(exported).as(what).isNotEmpty();
		assertThat(stored.keySet()).as(what + ": reported as exported").containsAll(exported);
		assertThat(stored.values()).as(what + ": copies").containsOnly(1);
		assertThat(stored.keySet()).as(what + ": stored")
			.allMatch((record) -> exported.contains(record) || failed.contains(record));
	}

	private static void record(List<Client> clients, String phase) {
		for (Client client : clients) {
			for (int n = 0; n < RECORDS; n++) {
				Span span = client.tracer.spanBuilder(phase + " " + n).startSpan();
				client.logger.logRecordBuilder().setSeverity(Severity.INFO).setBody(phase + " " + n).emit();
				client.counter.add(1, Attributes.of(AttributeKey.stringKey("phase"), phase));
				span.end();
			}
		}
	}

	private static void flush(List<Client> clients) {
		for (Client client : clients) {
			client.sdk.getSdkTracerProvider().forceFlush().join(30, TimeUnit.SECONDS);
			client.sdk.getSdkLoggerProvider().forceFlush().join(30, TimeUnit.SECONDS);
			client.sdk.getSdkMeterProvider().forceFlush().join(30, TimeUnit.SECONDS);
		}
	}

	private Client client(String service, Exports exports) {
		boolean grpc = service.startsWith("sdk-grpc");
		String url = grpc ? "http://127.0.0.1:" + this.whence.otlpGrpcPort() : this.whence.gateway().url();
		Resource resource = Resource.getDefault()
			.merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)));
		SpanExporter spans = grpc
				? OtlpGrpcSpanExporter.builder().setEndpoint(url).addHeader("x-api-key", Whence.KEY).build()
				: OtlpHttpSpanExporter.builder()
					.setEndpoint(url + "/v1/traces")
					.addHeader("x-api-key", Whence.KEY)
					.build();
		LogRecordExporter logs = grpc
				? OtlpGrpcLogRecordExporter.builder().setEndpoint(url).addHeader("x-api-key", Whence.KEY).build()
				: OtlpHttpLogRecordExporter.builder()
					.setEndpoint(url + "/v1/logs")
					.addHeader("x-api-key", Whence.KEY)
					.build();
		MetricExporter metrics = grpc
				? OtlpGrpcMetricExporter.builder().setEndpoint(url).addHeader("x-api-key", Whence.KEY).build()
				: OtlpHttpMetricExporter.builder()
					.setEndpoint(url + "/v1/metrics")
					.addHeader("x-api-key", Whence.KEY)
					.build();
		OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
			.setTracerProvider(SdkTracerProvider.builder()
				.setResource(resource)
				.addSpanProcessor(BatchSpanProcessor.builder(exports.noting(spans)).setScheduleDelay(BATCH).build())
				.build())
			.setLoggerProvider(SdkLoggerProvider.builder()
				.setResource(resource)
				.addLogRecordProcessor(
						BatchLogRecordProcessor.builder(exports.noting(logs)).setScheduleDelay(BATCH).build())
				.build())
			.setMeterProvider(SdkMeterProvider.builder()
				.setResource(resource)
				.registerMetricReader(PeriodicMetricReader.builder(exports.noting(metrics))
					.setInterval(Duration.ofSeconds(1))
					.build())
				.build())
			.build();
		return new Client(sdk, sdk.getTracer("e2e"), sdk.getLogsBridge().get("e2e"),
				sdk.getMeter("e2e").counterBuilder("e2e.records").build());
	}

	private record Client(OpenTelemetrySdk sdk, Tracer tracer, Logger logger, LongCounter counter) {
	}

}
