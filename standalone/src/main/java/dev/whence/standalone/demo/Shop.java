package dev.whence.standalone.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.jspecify.annotations.Nullable;

/**
 * A shop of six services. A checkout goes from the web front through checkout to pricing,
 * inventory, payment and shipping; each emits a span and a log. When an operation fails,
 * everything above it fails too, a moment later, as it does in life.
 */
final class Shop {

	private static final Step CHECKOUT = new Step("web-frontend", "POST /checkout", 4,
			List.of(new Step("checkout-service", "POST /orders", 6,
					List.of(new Step("pricing-service", "GET /price", 8, List.of()),
							new Step("inventory-service", "GET /stock", 12, List.of()),
							new Step("payment-service", "POST /authorize", 25, List.of()),
							new Step("shipping-service", "POST /parcels", 10, List.of())))));

	private final RandomGenerator random;

	Shop(RandomGenerator random) {
		this.random = random;
	}

	/** One checkout; with a fault, the operation that it hits fails. */
	void checkout(Telemetry telemetry, Instant start, @Nullable Fault fault) {
		ByteString trace = id(16);
		visit(CHECKOUT, telemetry, trace, ByteString.EMPTY, start, fault);
	}

	private Visit visit(Step step, Telemetry telemetry, ByteString trace, ByteString parent, Instant start,
			@Nullable Fault fault) {
		ByteString spanId = id(8);
		Instant clock = start.plusMillis(1 + this.random.nextInt(step.millis()));
		boolean failed = fault != null && fault.service().equals(step.service());
		if (fault != null && failed) {
			clock = clock.plusMillis(fault.delayMillis());
			telemetry.log(step.service(), SeverityNumber.SEVERITY_NUMBER_ERROR, clock, trace, spanId, fault.message(),
					Map.of("exception.type", fault.exception(), "exception.message", fault.message()));
		}
		for (Step called : step.calls()) {
			Visit visit = visit(called, telemetry, trace, spanId, clock, fault);
			clock = visit.end();
			if (visit.failed()) {
				failed = true;
				clock = clock.plusMillis(1);
				telemetry.log(step.service(), SeverityNumber.SEVERITY_NUMBER_ERROR, clock, trace, spanId,
						called.operation() + " of " + called.service() + " answered 500", Map.of());
				break;
			}
		}
		if (!failed) {
			telemetry.log(step.service(), SeverityNumber.SEVERITY_NUMBER_INFO, clock, trace, spanId,
					step.operation() + " done", Map.of());
			grumble(step, telemetry, trace, spanId, clock);
		}
		Instant end = clock.plusMillis(1);
		telemetry.span(step.service(), span(step, trace, spanId, parent, start, end, failed));
		return new Visit(end, failed);
	}

	// Healthy systems complain too; none of this is the fault.
	private void grumble(Step step, Telemetry telemetry, ByteString trace, ByteString span, Instant at) {
		if (this.random.nextInt(20) == 0) {
			telemetry.log(step.service(), SeverityNumber.SEVERITY_NUMBER_WARN, at, trace, span,
					"cache miss, slow path taken", Map.of());
		}
	}

	private Span span(Step step, ByteString trace, ByteString spanId, ByteString parent, Instant start, Instant end,
			boolean failed) {
		Span.Builder span = Span.newBuilder()
			.setTraceId(trace)
			.setSpanId(spanId)
			.setParentSpanId(parent)
			.setName(step.operation())
			.setKind(Span.SpanKind.SPAN_KIND_SERVER)
			.setStartTimeUnixNano(Telemetry.nanos(start))
			.setEndTimeUnixNano(Telemetry.nanos(end));
		if (failed) {
			span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
				.addAttributes(Telemetry.attribute("http.response.status_code", "500"));
		}
		return span.build();
	}

	private ByteString id(int bytes) {
		byte[] id = new byte[bytes];
		this.random.nextBytes(id);
		return ByteString.copyFrom(id);
	}

	/**
	 * @param millis how long the work of its own takes at most
	 * @param calls what it calls, in order
	 */
	private record Step(String service, String operation, int millis, List<Step> calls) {
	}

	private record Visit(Instant end, boolean failed) {
	}

}
