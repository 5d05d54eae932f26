package dev.whence.ingest.otlp;

import java.io.IOException;

import com.google.protobuf.Message;
import dev.whence.ingest.intake.BodyReader;
import dev.whence.ingest.intake.Intake;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.RejectionReason;
import dev.whence.store.Transport;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * OTLP over HTTP. 200 means that everything is stored except what {@code partial_success}
 * counts as rejected; duplicates are not rejected.
 */
@RestController
@Tag(name = "OTLP", description = "OpenTelemetry protocol over HTTP")
class OtlpController {

	private final BodyReader bodies;

	private final Intake intake;

	private final LogDecoder logs;

	private final SpanDecoder spans;

	private final MetricDecoder metrics;

	OtlpController(BodyReader bodies, Intake intake, LogDecoder logs, SpanDecoder spans, MetricDecoder metrics) {
		this.bodies = bodies;
		this.intake = intake;
		this.logs = logs;
		this.spans = spans;
		this.metrics = metrics;
	}

	@PostMapping("/v1/logs")
	@Operation(summary = "Export log records")
	ResponseEntity<byte[]> logs(HttpServletRequest request, ProjectId project) throws IOException {
		return export(request, (encoding, body) -> {
			Decoded decoded = store(SignalType.LOG, project,
					this.logs.decode(encoding.parse(body, ExportLogsServiceRequest.newBuilder()).build()));
			ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
			if (decoded.rejected() > 0) {
				response.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
					.setRejectedLogRecords(decoded.rejected())
					.setErrorMessage(decoded.reason()));
			}
			return response.build();
		});
	}

	@PostMapping("/v1/traces")
	@Operation(summary = "Export spans")
	ResponseEntity<byte[]> traces(HttpServletRequest request, ProjectId project) throws IOException {
		return export(request, (encoding, body) -> {
			Decoded decoded = store(SignalType.TRACE, project,
					this.spans.decode(encoding.parse(body, ExportTraceServiceRequest.newBuilder()).build()));
			ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
			if (decoded.rejected() > 0) {
				response.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
					.setRejectedSpans(decoded.rejected())
					.setErrorMessage(decoded.reason()));
			}
			return response.build();
		});
	}

	@PostMapping("/v1/metrics")
	@Operation(summary = "Export metric points")
	ResponseEntity<byte[]> metrics(HttpServletRequest request, ProjectId project) throws IOException {
		return export(request, (encoding, body) -> {
			Decoded decoded = store(SignalType.METRIC, project,
					this.metrics.decode(encoding.parse(body, ExportMetricsServiceRequest.newBuilder()).build()));
			ExportMetricsServiceResponse.Builder response = ExportMetricsServiceResponse.newBuilder();
			if (decoded.rejected() > 0) {
				response.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
					.setRejectedDataPoints(decoded.rejected())
					.setErrorMessage(decoded.reason()));
			}
			return response.build();
		});
	}

	private ResponseEntity<byte[]> export(HttpServletRequest request, Export export) throws IOException {
		OtlpEncoding encoding = OtlpEncoding.of(request.getContentType());
		Message answer = this.bodies.read(request, (body) -> export.handle(encoding, body));
		return ResponseEntity.ok().header("Content-Type", encoding.mediaType()).body(encoding.write(answer));
	}

	private Decoded store(SignalType type, ProjectId project, Decoded decoded) {
		this.intake.accept(project, decoded.accepted());
		Rejections rejections = new Rejections(Transport.OTLP);
		rejections.addAll(type.wireName(), RejectionReason.INVALID_FIELD, decoded.reason(), decoded.rejected());
		this.intake.reject(project, rejections);
		return decoded;
	}

	/** What one path does with a body. */
	@FunctionalInterface
	private interface Export {

		Message handle(OtlpEncoding encoding, byte[] body);

	}

}
