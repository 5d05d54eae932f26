package dev.whence.analysis.behaviour;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an operation, that is one span, with its place in the trace and the
 * steps that it took in their order.
 */
public final class Execution {

	private static final double NANOS_PER_MILLISECOND = 1e6;

	/** Who was called, for spans whose callee sends no telemetry; the surest first. */
	private static final List<String> PEERS = List.of("peer.service", "server.address", "net.peer.name", "rpc.service",
			"db.system.name", "db.system", "messaging.system");

	private static final Comparator<Event> ORDER = Comparator.comparing(Event::at)
		.thenComparing(Event::step)
		.thenComparing(Event::signalId);

	private static final Comparator<Execution> EARLIEST = Comparator
		.comparing((Execution execution) -> execution.span.timestamp())
		.thenComparing((execution) -> execution.span.signalId());

	private final Span span;

	private final Operation operation;

	private final List<Execution> children = new ArrayList<>();

	private final List<Event> events = new ArrayList<>();

	private @Nullable Execution parent;

	private Course course = new Course(Set.of(), Step.START);

	Execution(Span span) {
		this.span = span;
		this.operation = new Operation(span.serviceName(), span.name());
	}

	/**
	 * A step of this execution.
	 *
	 * @param signalId the log record, or the span of the call
	 * @param error whether it says error
	 * @param call the execution that it started
	 */
	public record Event(Instant at, Step step, UUID signalId, boolean error, @Nullable Execution call) {
	}

	public Span span() {
		return this.span;
	}

	public Operation operation() {
		return this.operation;
	}

	public String service() {
		return this.operation.service();
	}

	public @Nullable Execution parent() {
		return this.parent;
	}

	/** What it called inside and outside its service, the earliest first. */
	public List<Execution> children() {
		return Collections.unmodifiableList(this.children);
	}

	/** Its steps in their order, without the start. */
	public List<Event> events() {
		return Collections.unmodifiableList(this.events);
	}

	public @Nullable Event lastEvent() {
		return this.events.isEmpty() ? null : this.events.getLast();
	}

	/**
	 * Where the step was first taken.
	 * @throws java.util.NoSuchElementException when it was not
	 */
	public Event firstEvent(Step step) {
		return this.events.stream().filter((event) -> event.step().equals(step)).findFirst().orElseThrow();
	}

	/** The step that came before the last one; the start when there was none. */
	public Step beforeLast() {
		return (this.events.size() > 1) ? this.events.get(this.events.size() - 2).step() : Step.START;
	}

	/** The ways from step to step that it went, from the start on. */
	Set<Transition> transitions() {
		Set<Transition> transitions = new HashSet<>();
		Step from = Step.START;
		for (Event event : this.events) {
			if (!event.step().equals(from)) {
				transitions.add(new Transition(from, event.step()));
			}
			from = event.step();
		}
		return transitions;
	}

	public Course course() {
		return this.course;
	}

	/**
	 * The service that is entered with this execution: its own when another service
	 * called it, otherwise the one that it called last; null when it stays inside.
	 */
	public @Nullable String entered() {
		if (this.parent != null && crossesTo(this.parent)) {
			return service();
		}
		String entered = null;
		for (Execution child : this.children) {
			entered = crossesTo(child) ? child.service() : entered;
		}
		return entered;
	}

	/** Whether the other one runs in another service. */
	public boolean crossesTo(Execution other) {
		return !service().equals(other.service());
	}

	/**
	 * Whether this is the client's side of a call and the child the server's, so that
	 * what it takes longer is the way. The consumer of a message is not waited for. Where
	 * spans do not tell their kind, a child in another service is taken for a call.
	 */
	public boolean waitsOn(Execution child) {
		return crossesTo(child) && isOneOf(SpanKind.CLIENT) && child.isOneOf(SpanKind.SERVER);
	}

	/** How much longer it took than the child. */
	long gapNanos(Execution child) {
		return Math.max(0, nanos() - child.nanos());
	}

	/** Its duration without the time in which any child ran. */
	public double ownMilliseconds() {
		return ownNanos() / NANOS_PER_MILLISECOND;
	}

	long ownNanos() {
		long covered = 0;
		Instant end = this.span.endTime();
		Instant from = this.span.timestamp();
		for (Execution child : this.children) {
			Instant start = (child.span.timestamp().isAfter(from)) ? child.span.timestamp() : from;
			Instant stop = (child.span.endTime().isBefore(end)) ? child.span.endTime() : end;
			if (stop.isAfter(start)) {
				covered += start.until(stop, ChronoUnit.NANOS);
				from = stop;
			}
		}
		return Math.max(0, nanos() - covered);
	}

	/**
	 * What a call went to whose callee sends no spans of its own; null for all other
	 * executions.
	 */
	public @Nullable String silentPeer() {
		if (this.span.kind() != SpanKind.CLIENT || this.children.stream().anyMatch(this::crossesTo)) {
			return null;
		}
		for (String name : PEERS) {
			if (this.span.attributes().get(name) instanceof String peer && !peer.isBlank()) {
				return peer;
			}
		}
		return null;
	}

	void becomeChildOf(Execution parent) {
		this.parent = parent;
		parent.children.add(this);
		parent.events
			.add(new Event(this.span.timestamp(), Step.call(this.operation), this.span.signalId(), false, this));
	}

	void orderChildren() {
		this.children.sort(EARLIEST);
	}

	void pass(Event event) {
		this.events.add(event);
	}

	/** To be called once all steps are known. */
	void settle() {
		this.events.sort(ORDER);
		if (!this.events.isEmpty()) {
			Set<Step> steps = new HashSet<>();
			this.events.forEach((event) -> steps.add(event.step()));
			this.course = new Course(steps, this.events.getLast().step());
		}
	}

	private boolean isOneOf(SpanKind kind) {
		return this.span.kind() == kind || this.span.kind() == SpanKind.UNSPECIFIED;
	}

	private long nanos() {
		return Math.max(0, this.span.duration().toNanos());
	}

	@Override
	public String toString() {
		return this.operation + " " + this.span.spanId();
	}

}
