package dev.whence.benchmarks.ingest.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.TraceId;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import org.jspecify.annotations.Nullable;

/**
 * The records of {@link OtlpLogs} as the writer gets them from the decoders. A new one
 * shares everything with a prototype but its id, time, trace and span, so that making it
 * costs next to nothing.
 */
public final class WriterSignals {

	private static final int VARIANTS = 20;

	private static final int PER_VARIANT = 100;

	private final List<LogRecord> prototypes = new ArrayList<>();

	public WriterSignals() {
		for (int variant = 0; variant < VARIANTS; variant++) {
			for (ResourceLogs resource : new OtlpLogs(new Slots(), variant).request(PER_VARIANT)
				.getResourceLogsList()) {
				Map<String, @Nullable Object> about = map(resource.getResource().getAttributesList());
				for (ScopeLogs scope : resource.getScopeLogsList()) {
					scope.getLogRecordsList().forEach((log) -> this.prototypes.add(prototype(log, scope, about)));
				}
			}
		}
	}

	/** The record of this number in the stream. */
	public LogRecord log(Stream stream, long record) {
		LogRecord like = this.prototypes.get((int) (record % this.prototypes.size()));
		long nanos = stream.time(record);
		HexFormat hex = HexFormat.of();
		return new LogRecord(new UUID(stream.span(record), stream.unique(record) << 1 >>> 1 | Long.MIN_VALUE),
				new TraceId(hex.toHexDigits(stream.trace(record, 0)) + hex.toHexDigits(stream.trace(record, 1))),
				hex.toHexDigits(stream.span(record)), like.serviceName(),
				Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000), like.level(), like.message(),
				like.attributes(), like.resource(), like.details());
	}

	private static LogRecord prototype(io.opentelemetry.proto.logs.v1.LogRecord log, ScopeLogs scope,
			Map<String, @Nullable Object> resource) {
		Map<String, @Nullable Object> details = new LinkedHashMap<>();
		details.put("scope", Map.of("name", scope.getScope().getName(), "version", scope.getScope().getVersion()));
		details.put("severity_number", log.getSeverityNumberValue());
		details.put("observed_time_unix_nano", System.currentTimeMillis() * 1_000_000);
		return new LogRecord(new UUID(0, 0), null, null, String.valueOf(resource.get("service.name")), Instant.EPOCH,
				log.getSeverityText(), log.getBody().getStringValue(), map(log.getAttributesList()), resource, details);
	}

	private static Map<String, @Nullable Object> map(List<KeyValue> attributes) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		attributes.stream()
			.sorted(Comparator.comparing(KeyValue::getKey))
			.forEach((attribute) -> map.put(attribute.getKey(), value(attribute.getValue())));
		return map;
	}

	private static Object value(AnyValue value) {
		return switch (value.getValueCase()) {
			case INT_VALUE -> value.getIntValue();
			case DOUBLE_VALUE -> value.getDoubleValue();
			case BOOL_VALUE -> value.getBoolValue();
			default -> value.getStringValue();
		};
	}

}
