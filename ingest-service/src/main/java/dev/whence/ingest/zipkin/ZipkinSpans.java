package dev.whence.ingest.zipkin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.whence.ingest.intake.ContentId;
import dev.whence.ingest.intake.Occurrences;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.intake.RecordLimits;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.form.EpochNanos;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Reads the spans of one request into the model, by the rules of OpenTelemetry's
 * "Transformation to Zipkin" read backwards.
 * <p>
 * Identity is the whole content in Zipkin's canonical form (tags and annotations sorted,
 * names in lower case), kind and {@code shared} included: the two halves of a shared span
 * have one span id and are two spans. Equal spans of one request are told apart by their
 * ordinal.
 * <p>
 * A span without a time, which Zipkin allows, starts at its first annotation; without any
 * of these, it starts when it was received and a repeat is recognised by its id alone.
 * Zipkin counts a timestamp or duration of zero or less as absent.
 */
final class ZipkinSpans {

	private static final byte[] KIND = { 'z' };

	private static final String UNKNOWN_SERVICE = "unknown_service";

	/** Of a trace id in OpenTelemetry's form. */
	private static final int TRACE_DIGITS = 32;

	private static final String NO_SPAN = "0".repeat(16);

	/** The longest span that is taken, as for native ones. */
	private static final Duration LONGEST = Duration.ofDays(365);

	private static final long LAST_MICROS = EpochNanos.toLong(EpochNanos.MAX) / 1000;

	/** Bytes that decoding a span takes for each of its own, of which the tags remain. */
	private static final int ROOM = 24;

	/** A span without anything has two maps and several ids. */
	private static final int SPAN_VALUES = 4;

	/** An event is a map of three, one of which is a map. */
	private static final int EVENT_VALUES = 5;

	private final InstantSource clock;

	private final Annotations annotations;

	private final RequestLimits limits;

	private int longest;

	private final Occurrences occurrences = new Occurrences();

	ZipkinSpans(InstantSource clock, Annotations annotations, RequestLimits limits) {
		this.clock = clock;
		this.annotations = annotations;
		this.limits = limits;
	}

	/**
	 * Looks at the size of a span before it is decoded.
	 * @param bytes as it was sent
	 * @throws LimitException when it is too large
	 */
	void expect(int bytes) {
		limit(bytes <= RecordLimits.BYTES, "a span", RecordLimits.BYTES + " bytes");
		if (bytes > this.longest) {
			this.limits.hold((long) ROOM * (bytes - this.longest));
			this.longest = bytes;
		}
		this.limits.addBytes(bytes);
	}

	/**
	 * @throws IllegalArgumentException saying what is wrong with the span
	 */
	Received read(zipkin2.Span span) {
		checkLimits(span);
		this.limits.hold((long) RequestLimits.VALUE
				* (SPAN_VALUES + span.tags().size() + EVENT_VALUES * span.annotations().size()));
		ContentId id = this.occurrences.next(ContentId.of(KIND, SpanBytesEncoder.PROTO3.encode(span)));
		long micros = (span.timestampAsLong() > 0) ? span.timestampAsLong() : firstAnnotation(span);
		Instant start = (micros > 0) ? EpochNanos.ofLong(micros * 1000) : this.clock.instant();
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>(span.tags());
		Map<String, @Nullable Object> details = new LinkedHashMap<>();
		addEndpoints(span, attributes, details);
		if (Boolean.TRUE.equals(span.debug())) {
			details.put("debug", true);
		}
		if (Boolean.TRUE.equals(span.shared())) {
			details.put("shared", true);
		}
		if (!span.annotations().isEmpty()) {
			details.put("events", this.annotations.events(span.annotations()));
		}
		String service = span.localServiceName();
		Span stored = new Span(id.id(),
				new TraceId("0".repeat(TRACE_DIGITS - span.traceId().length()) + span.traceId()), span.id(),
				span.parentId(), (service != null) ? service : UNKNOWN_SERVICE,
				(span.name() != null) ? span.name() : "", kind(span.kind()), start,
				Duration.ofNanos(span.durationAsLong() * 1000), status(span.tags()), statusMessage(span.tags()),
				attributes, Map.of(), details);
		return new Received(stored, micros <= 0, id.hash());
	}

	private static void checkLimits(zipkin2.Span span) {
		// The decoder refuses sixteen zeros and lets one pass.
		require(!span.id().equals(NO_SPAN), "id is all zeros");
		require(span.timestampAsLong() <= LAST_MICROS, "timestamp is after the year 2262");
		require(span.durationAsLong() <= LONGEST.toMillis() * 1000, "duration is more than a year");
		limit(span.tags().size() <= RecordLimits.ATTRIBUTES, "tags", RecordLimits.ATTRIBUTES + " entries");
		limit(span.annotations().size() <= RecordLimits.ATTRIBUTES, "annotations",
				RecordLimits.ATTRIBUTES + " entries");
		limit(fits(span.name(), RecordLimits.NAME_LENGTH), "name", RecordLimits.NAME_LENGTH + " characters");
		limit(fits(span.localServiceName(), RecordLimits.SERVICE_LENGTH)
				&& fits(span.remoteServiceName(), RecordLimits.SERVICE_LENGTH), "serviceName",
				RecordLimits.SERVICE_LENGTH + " characters");
		span.tags().forEach((key, value) -> {
			limit(key.length() <= RecordLimits.KEY_LENGTH, "the key of a tag", RecordLimits.KEY_LENGTH + " characters");
			limit(value.length() <= RecordLimits.TEXT_LENGTH, "a tag", RecordLimits.TEXT_LENGTH + " characters");
		});
		span.annotations().forEach((annotation) -> {
			require(annotation.timestamp() <= LAST_MICROS, "annotations: timestamp is after the year 2262");
			limit(annotation.value().length() <= RecordLimits.TEXT_LENGTH, "an annotation",
					RecordLimits.TEXT_LENGTH + " characters");
		});
	}

	private static boolean fits(@Nullable String name, int length) {
		return name == null || name.length() <= length;
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	private static void limit(boolean condition, String what, String limit) {
		if (!condition) {
			throw new LimitException(what + " may have " + limit);
		}
	}

	// Sorted by time; Zipkin drops what has none.
	private static long firstAnnotation(zipkin2.Span span) {
		return span.annotations()
			.stream()
			.mapToLong(zipkin2.Annotation::timestamp)
			.filter((at) -> at > 0)
			.min()
			.orElse(0);
	}

	private static SpanKind kind(zipkin2.Span.@Nullable Kind kind) {
		return switch (kind) {
			// Zipkin's word for a span that did not leave its process is none.
			case null -> SpanKind.INTERNAL;
			case CLIENT -> SpanKind.CLIENT;
			case SERVER -> SpanKind.SERVER;
			case PRODUCER -> SpanKind.PRODUCER;
			case CONSUMER -> SpanKind.CONSUMER;
		};
	}

	// Zipkin: a tag "error" means that it failed, whatever it says. Only "false", which
	// older OpenTracing bridges write, says the opposite.
	private static String status(Map<String, String> tags) {
		String error = tags.get("error");
		if (error != null && !error.equalsIgnoreCase("false")) {
			return "ERROR";
		}
		String code = tags.getOrDefault("otel.status_code", "").toUpperCase(Locale.ROOT);
		return (code.equals("OK") || code.equals("ERROR")) ? code : "UNSET";
	}

	private static @Nullable String statusMessage(Map<String, String> tags) {
		String error = tags.getOrDefault("error", "");
		return switch (error.toLowerCase(Locale.ROOT)) {
			case "", "true", "false" -> tags.get("otel.status_description");
			default -> error;
		};
	}

	private static void addEndpoints(zipkin2.Span span, Map<String, @Nullable Object> attributes,
			Map<String, @Nullable Object> details) {
		addEndpoint("network.local", span.localEndpoint(), attributes, details);
		addEndpoint("network.peer", span.remoteEndpoint(), attributes, details);
		if (span.remoteServiceName() != null) {
			add("peer.service", span.remoteServiceName(), attributes, details);
		}
	}

	private static void addEndpoint(String prefix, @Nullable Endpoint endpoint,
			Map<String, @Nullable Object> attributes, Map<String, @Nullable Object> details) {
		if (endpoint == null) {
			return;
		}
		if (endpoint.ipv4() != null) {
			add(prefix + ".address", endpoint.ipv4(), attributes, details);
		}
		if (endpoint.ipv6() != null) {
			add(prefix + ".address", endpoint.ipv6(), attributes, details);
		}
		if (endpoint.port() != null) {
			add(prefix + ".port", endpoint.port().longValue(), attributes, details);
		}
	}

	// What the sender tagged explicitly stays; the other value is kept beside it.
	private static void add(String name, Object value, Map<String, @Nullable Object> attributes,
			Map<String, @Nullable Object> details) {
		Object present = attributes.putIfAbsent(name, value);
		if (present != null && !present.equals(value)) {
			details.put(name, value);
		}
	}

	/** A span beyond a limit. */
	static final class LimitException extends IllegalArgumentException {

		LimitException(String message) {
			super(message);
		}

	}

}
