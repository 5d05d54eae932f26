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
 * A shop of seven services. A checkout goes from the web front through checkout to
 * pricing, inventory, payment and shipping, and ends with a message to the mail service;
 * each emits a span and logs. When an operation fails, everything above it fails too, a
 * moment later, as it does in life.
 */
final class Shop {

	private static final Step CHECKOUT = new Step("web-frontend", "POST /checkout", 4,
			List.of(new Step("checkout-service", "POST /orders", 6,
					List.of(new Step("pricing-service", "GET /price", 8, List.of()),
							new Step("inventory-service", "GET /stock", 60, List.of()),
							new Step("payment-service", "POST /authorize", 25, List.of()),
							new Step("shipping-service", "POST /parcels", 60, List.of()),
							new Step("mail-service", "orders process", 5, List.of())))));

	private final RandomGenerator random;

	Shop(RandomGenerator random) {
		this.random = random;
	}

	/** The share of its processor that a host is using. */
	double processor(String host, @Nullable Fault fault) {
		boolean exhausted = fault instanceof QuietFault quiet && quiet.exhausts(host);
		return (exhausted ? 0.96 : 0.14) + 0.02 * this.random.nextDouble();
	}

	/**
	 * One checkout; with a fault, what it hits fails, is slow or leaves something out.
	 */
	void checkout(Telemetry telemetry, Instant start, @Nullable Fault fault) {
		ByteString trace = id(16);
		visit(CHECKOUT, telemetry, trace, ByteString.EMPTY, start, fault);
	}

	private Visit visit(Step step, Telemetry telemetry, ByteString trace, ByteString parent, Instant start,
			@Nullable Fault fault) {
		ByteString spanId = id(8);
		Instant clock = start.plusMillis(1 + this.random.nextInt(step.millis()));
		if (fault != null) {
			clock = clock.plus(fault.delay(step.service()));
		}
		boolean failed = false;
		if (fault instanceof LoudFault loud && loud.fails(step.service())) {
			failed = true;
			telemetry.log(step.service(), SeverityNumber.SEVERITY_NUMBER_ERROR, clock, trace, spanId, loud.message(),
					Map.of("exception.type", loud.exception(), "exception.message", loud.message()));
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
			succeed(step, telemetry, trace, spanId, clock, fault);
		}
		Instant end = clock.plusMillis(1);
		telemetry.span(step.service(), span(step, trace, spanId, parent, start, end, failed));
		return new Visit(end, failed);
	}

	private void succeed(Step step, Telemetry telemetry, ByteString trace, ByteString span, Instant at,
			@Nullable Fault fault) {
		telemetry.log(step.service(), SeverityNumber.SEVERITY_NUMBER_INFO, at, trace, span,
				step.isMessage() ? "order received" : step.operation() + " done", Map.of());
		boolean lost = fault instanceof QuietFault quiet && quiet.loses(step.service());
		if (step.isMessage() && !lost) {
			telemetry.log(step.service(), SeverityNumber.SEVERITY_NUMBER_INFO, at.plusNanos(500_000), trace, span,
					"receipt sent to the customer", Map.of());
		}
		grumble(step, telemetry, trace, span, at);
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
			.setKind(step.isMessage() ? Span.SpanKind.SPAN_KIND_CONSUMER : Span.SpanKind.SPAN_KIND_SERVER)
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

		/** Whether it takes a message instead of answering a request. */
		private boolean isMessage() {
			return this.operation.endsWith(" process");
		}

	}

	private record Visit(Instant end, boolean failed) {
	}

}
