package dev.whence.analysis.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

import dev.whence.model.LogRecord;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * Tells what services do, request by request, one a second from the beginning of the
 * story. Times are milliseconds. The ids of the signals follow from the order of telling.
 */
public final class Traffic {

	private static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");

	private final String name;

	private final List<Signal> signals = new ArrayList<>();

	private int requests;

	private int ids;

	private Map<String, @Nullable Object> resource = Map.of();

	/**
	 * @param name makes the traces of one story different from those of another
	 */
	public Traffic(String name) {
		this.name = name;
	}

	/** All that is told from here on runs on that instance. */
	public Traffic on(String instance) {
		this.resource = Map.of("service.instance.id", instance);
		return this;
	}

	/** So many alike, each a request of its own. */
	public Traffic requests(int count, String service, String operation, Consumer<Request> story) {
		for (int i = 0; i < count; i++) {
			TraceId trace = new TraceId(UUID.nameUUIDFromBytes((this.name + this.requests).getBytes()).toString());
			Request request = new Request(trace, service, this.requests++ * 1_000L);
			long start = request.now;
			story.accept(request);
			span(request, null, operation, SpanKind.SERVER, start, request.now, Map.of());
		}
		return this;
	}

	public List<Signal> signals() {
		return List.copyOf(this.signals);
	}

	public List<Signal> shuffled(Random random) {
		List<Signal> some = new ArrayList<>(this.signals);
		Collections.shuffle(some, random);
		return some;
	}

	public Conduct conduct() {
		return Conduct.of(this.signals, new LogStatements());
	}

	public ConductWindow window() {
		return ConductWindow.of(this.signals, new LogStatements());
	}

	private String newId() {
		return this.name + "-" + this.ids++;
	}

	private void span(Request execution, @Nullable String parent, String operation, SpanKind kind, long start, long end,
			Map<String, @Nullable Object> attributes) {
		this.signals.add(new Span(UUID.nameUUIDFromBytes(execution.spanId.getBytes()), execution.trace,
				execution.spanId, parent, execution.service, operation, kind, BEGINNING.plusMillis(start),
				Duration.ofMillis(end - start), "OK", null, attributes, this.resource, Map.of()));
	}

	/** One execution, told while it runs. */
	public final class Request {

		private final TraceId trace;

		private final String service;

		private final String spanId = newId();

		private long now;

		private Request(TraceId trace, String service, long now) {
			this.trace = trace;
			this.service = service;
			this.now = now;
		}

		public Request works(long milliseconds) {
			this.now += milliseconds;
			return this;
		}

		public Request logs(String message) {
			return logs("INFO", message);
		}

		public Request logs(String level, String message) {
			String id = newId();
			Traffic.this.signals.add(new LogRecord(UUID.nameUUIDFromBytes(id.getBytes()), this.trace, this.spanId,
					this.service, BEGINNING.plusMillis(this.now), level, message, Map.of(), Map.of(), Map.of()));
			return works(1);
		}

		/** Waits for another service; the way there and back takes the gap. */
		public Request calls(String callee, String operation, long gap, Consumer<Request> story) {
			return calls(SpanKind.CLIENT, SpanKind.SERVER, callee, operation, gap, story);
		}

		/** Leaves a message; the consumer takes it up after the delay. */
		public Request sends(String consumer, String operation, long delay, Consumer<Request> story) {
			long sent = this.now + 1;
			calls(SpanKind.PRODUCER, SpanKind.CONSUMER, consumer, operation, 2 * delay, story);
			this.now = sent;
			return this;
		}

		/** Waits for something that sends no telemetry. */
		public Request asks(String peer, String operation, long duration) {
			Request client = new Request(this.trace, this.service, this.now);
			span(client, this.spanId, operation, SpanKind.CLIENT, this.now, this.now + duration,
					Map.of("server.address", peer));
			return works(duration);
		}

		private Request calls(SpanKind here, SpanKind there, String callee, String operation, long gap,
				Consumer<Request> story) {
			long start = this.now;
			Request client = new Request(this.trace, this.service, start);
			Request server = new Request(this.trace, callee, start + gap / 2);
			story.accept(server);
			this.now = server.now + gap - gap / 2;
			span(client, this.spanId, "call " + operation, here, start,
					(here == SpanKind.PRODUCER) ? start + 1 : this.now, Map.of());
			span(server, client.spanId, operation, there, start + gap / 2, server.now, Map.of());
			return this;
		}

	}

}
