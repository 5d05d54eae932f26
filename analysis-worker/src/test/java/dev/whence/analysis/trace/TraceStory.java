package dev.whence.analysis.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * Tells a trace span by span. Times are milliseconds from the beginning of the story; the
 * ids of the signals follow from what they say.
 */
public final class TraceStory {

	private static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");

	private final TraceId trace;

	private final List<Signal> signals = new ArrayList<>();

	private final List<Problem> problems = new ArrayList<>();

	public TraceStory(String trace) {
		this.trace = new TraceId(trace);
	}

	/** The gateway calls payment; payment fails, and so the gateway fails. */
	public static TraceStory failingCheckout(String trace) {
		return new TraceStory(trace).failed("s1", null, "gateway", 0, 200)
			.failed("s2", "s1", "payment", 10, 100)
			.error("payment", "s2", 90, "Payment declined");
	}

	/** A span of an operation that went well. */
	public TraceStory span(String id, @Nullable String parent, String service, long start, long duration) {
		this.signals.add(newSpan(id, parent, service, start, duration, "OK"));
		return this;
	}

	/** The same of another operation than the service's usual one. */
	public TraceStory operation(String id, String service, String name, long start, long duration) {
		this.signals.add(newSpan(id, null, service, name, start, duration, "OK"));
		return this;
	}

	public TraceStory failed(String id, @Nullable String parent, String service, long start, long duration) {
		Span span = newSpan(id, parent, service, start, duration, "ERROR");
		this.signals.add(span);
		this.problems.add(problem(span, service + " operation failed"));
		return this;
	}

	public TraceStory error(String service, @Nullable String spanId, long at, String message) {
		LogRecord log = new LogRecord(id("log", service, at, message), this.trace, spanId, service,
				BEGINNING.plusMillis(at), "ERROR", message, Map.of(), Map.of(), Map.of());
		this.signals.add(log);
		this.problems.add(problem(log, message));
		return this;
	}

	public List<Signal> signals() {
		return List.copyOf(this.signals);
	}

	/** What triage finds in it. */
	public List<Problem> problems() {
		return List.copyOf(this.problems);
	}

	public FailedTrace tell() {
		return FailedTrace.of(this.trace.value(), this.signals, this.problems);
	}

	/** The same story, its signals and problems in any order. */
	public FailedTrace tellShuffled(Random random) {
		List<Signal> someSignals = new ArrayList<>(this.signals);
		List<Problem> someProblems = new ArrayList<>(this.problems);
		Collections.shuffle(someSignals, random);
		Collections.shuffle(someProblems, random);
		return FailedTrace.of(this.trace.value(), someSignals, someProblems);
	}

	/** A call to somebody who sends no spans of its own. */
	public TraceStory failedCallTo(String peer, String id, @Nullable String parent, String service, long start,
			long duration) {
		Span span = new Span(id("span", id + parent, start, service + peer), this.trace, id, parent, service,
				"call " + peer, SpanKind.CLIENT, BEGINNING.plusMillis(start), Duration.ofMillis(duration), "ERROR",
				null, Map.of("server.address", peer), Map.of(), Map.of());
		this.signals.add(span);
		this.problems.add(problem(span, "call to " + peer + " failed"));
		return this;
	}

	private Span newSpan(String id, @Nullable String parent, String service, long start, long duration, String status) {
		return newSpan(id, parent, service, "call " + service, start, duration, status);
	}

	private Span newSpan(String id, @Nullable String parent, String service, String name, long start, long duration,
			String status) {
		return new Span(id("span", id + parent, start, service + status), this.trace, id, parent, service, name,
				SpanKind.SERVER, BEGINNING.plusMillis(start), Duration.ofMillis(duration), status, null, Map.of(),
				Map.of(), Map.of());
	}

	private Problem problem(Signal signal, String title) {
		return new Problem(signal.signalId(), signal.type(), this.trace, signal.serviceName(), signal.timestamp(),
				Severity.HIGH, signal.serviceName() + "/" + title, title);
	}

	private UUID id(String kind, String name, long at, String text) {
		return UUID.nameUUIDFromBytes((this.trace + kind + name + at + text).getBytes());
	}

}
