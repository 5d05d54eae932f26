package dev.whence.ingest.otlp;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import dev.whence.ingest.intake.ContentId;
import dev.whence.model.LogRecord;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/** Reads {@code ExportLogsServiceRequest}. */
@Component
class LogDecoder {

	private static final String[] LEVELS = { "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL" };

	private static final byte[] KIND = { 'l' };

	private final JsonMapper json;

	private final InstantSource clock;

	LogDecoder(JsonMapper json, InstantSource clock) {
		this.json = json;
		this.clock = clock;
	}

	Decoded decode(ExportLogsServiceRequest request) {
		Decoded decoded = new Decoded();
		Origin whole = Origin.ofRequest();
		for (ResourceLogs resource : request.getResourceLogsList()) {
			Origin fromResource = whole.with(resource.getResource());
			for (ScopeLogs scope : resource.getScopeLogsList()) {
				Origin origin = fromResource.with(scope.getScope());
				scope.getLogRecordsList().forEach((log) -> decode(log, origin, decoded));
			}
		}
		return decoded;
	}

	private void decode(io.opentelemetry.proto.logs.v1.LogRecord log, Origin origin, Decoded decoded) {
		ContentId id = origin.identify(KIND, log);
		Instant observed = Ids.time(log.getObservedTimeUnixNano());
		Instant stated = Ids.time(log.getTimeUnixNano());
		Instant time = (stated != null) ? stated : observed;
		Map<String, @Nullable Object> details = origin.details();
		if (log.getSeverityNumberValue() != 0) {
			details.put("severity_number", log.getSeverityNumberValue());
		}
		if (observed != null) {
			details.put("observed_time_unix_nano", log.getObservedTimeUnixNano());
		}
		if (log.getFlags() != 0) {
			details.put("flags", log.getFlags());
		}
		if (!log.getEventName().isEmpty()) {
			details.put("event_name", log.getEventName());
		}
		if (log.getDroppedAttributesCount() != 0) {
			details.put("dropped_attributes_count", log.getDroppedAttributesCount());
		}
		LogRecord record = new LogRecord(id.id(), Ids.trace(log.getTraceId()), Ids.span(log.getSpanId()),
				origin.serviceName(), (time != null) ? time : this.clock.instant(), level(log), message(log.getBody()),
				AnyValues.map(log.getAttributesList()), origin.resource(), details);
		if (time != null) {
			decoded.accept(record, id);
		}
		else {
			decoded.acceptUntimed(record, id);
		}
	}

	private static String level(io.opentelemetry.proto.logs.v1.LogRecord log) {
		if (!log.getSeverityText().isEmpty()) {
			return log.getSeverityText();
		}
		// Four numbers a level, 1 to 24, as OpenTelemetry's log data model defines them.
		int number = log.getSeverityNumberValue();
		return (number >= 1 && number <= 24) ? LEVELS[(number - 1) / 4] : "";
	}

	private String message(AnyValue body) {
		Object value = AnyValues.value(body);
		return switch (value) {
			case null -> "";
			case String text -> text;
			default -> this.json.writeValueAsString(value);
		};
	}

}
