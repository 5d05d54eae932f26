package dev.whence.benchmarks.ingest.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.TraceId;
import dev.whence.store.form.EncodedJson;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of {@link OtlpLogs} as the writer gets them from the decoders, attributes
 * encoded already. Each shares the bytes of a prototype and has its own id, time, trace
 * and span, so that making it costs next to nothing.
 */
public final class WriterSignals {

	private static final JsonMapper JSON = new JsonMapper();

	private static final int VARIANTS = 20;

	private static final int PER_VARIANT = 100;

	private final List<Prototype> prototypes = new ArrayList<>();

	public WriterSignals() {
		for (int variant = 0; variant < VARIANTS; variant++) {
			for (ResourceLogs resource : new OtlpLogs(new Slots(), variant).request(PER_VARIANT)
				.getResourceLogsList()) {
				Map<String, Object> about = map(resource.getResource().getAttributesList());
				EncodedJson encoded = new EncodedJson(JSON.writeValueAsBytes(about));
				for (ScopeLogs scope : resource.getScopeLogsList()) {
					scope.getLogRecordsList()
						.forEach((log) -> this.prototypes.add(new Prototype(String.valueOf(about.get("service.name")),
								log.getSeverityText(), log.getBody().getStringValue(),
								JSON.writeValueAsBytes(map(log.getAttributesList())), encoded,
								JSON.writeValueAsBytes(details(log, scope)))));
				}
			}
		}
	}

	/** The record of this number in the stream. */
	public LogRecord log(Stream stream, long record) {
		Prototype like = this.prototypes.get((int) (record % this.prototypes.size()));
		long nanos = stream.time(record);
		HexFormat hex = HexFormat.of();
		return new LogRecord(new UUID(stream.span(record), stream.unique(record) | Long.MIN_VALUE),
				new TraceId(hex.toHexDigits(stream.trace(record, 0)) + hex.toHexDigits(stream.trace(record, 1))),
				hex.toHexDigits(stream.span(record)), like.service(),
				Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000), like.level(), like.message(),
				new EncodedJson(like.attributes()), like.resource(), new EncodedJson(like.details()));
	}

	private static Map<String, Object> details(io.opentelemetry.proto.logs.v1.LogRecord log, ScopeLogs scope) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("scope", Map.of("name", scope.getScope().getName(), "version", scope.getScope().getVersion()));
		details.put("severity_number", log.getSeverityNumberValue());
		details.put("observed_time_unix_nano", System.currentTimeMillis() * 1_000_000);
		return details;
	}

	private static Map<String, Object> map(List<KeyValue> attributes) {
		Map<String, Object> map = new LinkedHashMap<>();
		attributes.forEach((attribute) -> map.put(attribute.getKey(), value(attribute.getValue())));
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

	private record Prototype(String service, String level, String message, byte[] attributes, EncodedJson resource,
			byte[] details) {
	}

}
