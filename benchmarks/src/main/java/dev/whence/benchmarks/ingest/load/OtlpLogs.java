package dev.whence.benchmarks.ingest.load;

import java.util.SplittableRandom;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;

/**
 * Log requests as a Collector sends them: some services in one request, 97 % of the
 * records INFO or DEBUG, 2 % WARN and 1 % ERROR with an exception.
 */
final class OtlpLogs {

	/** Records of one resource in one request. */
	private static final int PER_RESOURCE = 100;

	private final Slots slots;

	private final int variant;

	private final Vocabulary words;

	OtlpLogs(Slots slots, int variant) {
		this.slots = slots;
		this.variant = variant;
		this.words = new Vocabulary(new SplittableRandom(variant));
	}

	ExportLogsServiceRequest request(int records) {
		ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
		for (int first = 0; first < records; first += PER_RESOURCE) {
			String service = Vocabulary.SERVICES
				.get((this.variant + first / PER_RESOURCE) % Vocabulary.SERVICES.size());
			ScopeLogs.Builder scope = ScopeLogs.newBuilder().setScope(this.words.scope(service));
			for (int i = first; i < Math.min(first + PER_RESOURCE, records); i++) {
				scope.addLogRecords(record(i, service));
			}
			request.addResourceLogs(
					ResourceLogs.newBuilder().setResource(this.words.resource(service)).addScopeLogs(scope));
		}
		return request.build();
	}

	private LogRecord record(int i, String service) {
		LogRecord.Builder log = LogRecord.newBuilder()
			.setTimeUnixNano(this.slots.time(i, 0))
			.setObservedTimeUnixNano(this.slots.time(i, 1500))
			.setTraceId(this.slots.trace(i))
			.setSpanId(this.slots.span(i, 0))
			.addAttributes(Vocabulary.text("http.request.method", this.words.oneOf(Vocabulary.METHODS)))
			.addAttributes(Vocabulary.text("http.route", this.words.oneOf(Vocabulary.ROUTES)))
			.addAttributes(Vocabulary.text("request.id", this.slots.unique(i)))
			.addAttributes(Vocabulary.number("order.items", this.words.below(40)))
			.addAttributes(Vocabulary.real("duration_ms", this.words.below(100_000) / 64.0))
			.addAttributes(Vocabulary.flag("cache.hit", this.words.below(3) > 0));
		int dice = this.words.below(1000);
		if (dice < 10) {
			return error(log, service);
		}
		if (dice < 30) {
			String message = (dice < 16) ? "call of payment failed after 3 attempts, queued for retry"
					: "pool is at 92 percent of its capacity";
			return severity(log, SeverityNumber.SEVERITY_NUMBER_WARN, "WARN", message).build();
		}
		if (dice < 200) {
			return severity(log, SeverityNumber.SEVERITY_NUMBER_DEBUG, "DEBUG",
					"looked up price list " + this.words.below(50) + " in the second level cache")
				.build();
		}
		return severity(log, SeverityNumber.SEVERITY_NUMBER_INFO, "INFO",
				"order " + (100_000 + this.words.below(900_000)) + " accepted, " + this.words.below(9) + " parcels")
			.build();
	}

	private LogRecord error(LogRecord.Builder log, String service) {
		return severity(log, SeverityNumber.SEVERITY_NUMBER_ERROR, "ERROR",
				"order " + (100_000 + this.words.below(900_000)) + " could not be placed")
			.addAttributes(Vocabulary.text("exception.type", "java.lang.IllegalStateException"))
			.addAttributes(Vocabulary.text("exception.message", "upstream refused the order"))
			.addAttributes(Vocabulary.text("exception.stacktrace", this.words.stackTrace(service)))
			.build();
	}

	private static LogRecord.Builder severity(LogRecord.Builder log, SeverityNumber number, String text,
			String message) {
		return log.setSeverityNumber(number)
			.setSeverityText(text)
			.setBody(AnyValue.newBuilder().setStringValue(message));
	}

}
