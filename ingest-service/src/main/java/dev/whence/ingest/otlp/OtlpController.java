package dev.whence.ingest.otlp;

import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Function;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.whence.ingest.intake.BodyReader;
import dev.whence.ingest.intake.Intake;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.ingest.rejected.RefusedRequests;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.ingest.rejected.Takes;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
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

	private final InstantSource clock;

	OtlpController(BodyReader bodies, Intake intake, InstantSource clock) {
		this.bodies = bodies;
		this.intake = intake;
		this.clock = clock;
	}

	@PostMapping("/v1/logs")
	@Takes(transport = Transport.OTLP, type = "log")
	@Operation(summary = "Export log records")
	ResponseEntity<byte[]> logs(HttpServletRequest request, ProjectId project) throws IOException {
		Export export = new Export(SignalType.LOG, ExportLogsServiceRequest.getDescriptor(),
				new LogDecoder(this.clock));
		return export(request, project, export, (decoded) -> {
			ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
			if (!decoded.reason().isEmpty()) {
				response.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
					.setRejectedLogRecords(decoded.rejected())
					.setErrorMessage(decoded.reason()));
			}
			return response.build();
		});
	}

	@PostMapping("/v1/traces")
	@Takes(transport = Transport.OTLP, type = "trace")
	@Operation(summary = "Export spans")
	ResponseEntity<byte[]> traces(HttpServletRequest request, ProjectId project) throws IOException {
		Export export = new Export(SignalType.TRACE, ExportTraceServiceRequest.getDescriptor(), new SpanDecoder());
		return export(request, project, export, (decoded) -> {
			ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
			if (!decoded.reason().isEmpty()) {
				response.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
					.setRejectedSpans(decoded.rejected())
					.setErrorMessage(decoded.reason()));
			}
			return response.build();
		});
	}

	@PostMapping("/v1/metrics")
	@Takes(transport = Transport.OTLP, type = "metric")
	@Operation(summary = "Export metric points")
	ResponseEntity<byte[]> metrics(HttpServletRequest request, ProjectId project) throws IOException {
		Export export = new Export(SignalType.METRIC, ExportMetricsServiceRequest.getDescriptor(),
				new MetricDecoder(this.clock));
		return export(request, project, export, (decoded) -> {
			ExportMetricsServiceResponse.Builder response = ExportMetricsServiceResponse.newBuilder();
			if (!decoded.reason().isEmpty()) {
				response.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
					.setRejectedDataPoints(decoded.rejected())
					.setErrorMessage(decoded.reason()));
			}
			return response.build();
		});
	}

	private ResponseEntity<byte[]> export(HttpServletRequest request, ProjectId project, Export export,
			Function<Decoded, Message> answer) throws IOException {
		OtlpEncoding encoding = OtlpEncoding.of(request.getContentType());
		Decoded decoded = this.bodies.read(request, (body, limits) -> {
			Decoded records = decode(encoding, body, export, limits);
			this.intake.accept(project, records.accepted());
			if (!records.warning().isEmpty()) {
				this.intake.note(project, warning(export.type(), records.warning(), body));
			}
			return records;
		});
		this.intake.sanitized(decoded.sanitized());
		this.intake.reject(project, decoded.rejections());
		return ResponseEntity.ok()
			.header("Content-Type", encoding.mediaType())
			.body(encoding.write(answer.apply(decoded)));
	}

	/**
	 * Of a request that was taken, and of which nobody knows how much was passed over.
	 */
	private static Rejections warning(SignalType type, String message, byte[] body) {
		Rejections warning = new Rejections(Transport.OTLP);
		String excerpt = RefusedRequests.excerpt(body, 0, body.length);
		warning.add(type.wireName(), RejectionReason.MALFORMED, message, null, null, () -> excerpt);
		return warning;
	}

	private static Decoded decode(OtlpEncoding encoding, byte[] body, Export export, RequestLimits limits) {
		Decoded decoded = new Decoded(export.type(), limits);
		try {
			EnvelopeWalk.through(encoding.open(body, export.request(), decoded, limits), decoded, export.records());
			return decoded;
		}
		catch (MalformedWireException _) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not the message of this path");
		}
	}

	/**
	 * What one path takes.
	 *
	 * @param request the message of the path
	 */
	private record Export(SignalType type, Descriptor request, EnvelopeWalk.RecordReader records) {
	}

}
