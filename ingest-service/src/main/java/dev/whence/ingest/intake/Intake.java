package dev.whence.ingest.intake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.whence.ingest.rejected.RejectedJournal;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.ingest.triage.Triage;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.rejected.Transport;
import dev.whence.support.wire.OutboxRelay;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes decoded signals of any transport: cleans their texts, triages them, stores them
 * and counts what became of each. When it returns, everything is on disk.
 */
@Component
public class Intake {

	private final Triage triage;

	private final SignalWriter writer;

	private final IntakeMetrics metrics;

	private final OutboxRelay relay;

	private final RejectedJournal rejected;

	private final @Nullable SpanListener spans;

	Intake(Triage triage, SignalWriter writer, IntakeMetrics metrics, OutboxRelay relay, RejectedJournal rejected,
			Optional<SpanListener> spans) {
		this.triage = triage;
		this.writer = writer;
		this.metrics = metrics;
		this.relay = relay;
		this.rejected = rejected;
		this.spans = spans.orElse(null);
	}

	/**
	 * @return one outcome per signal, in the same order
	 */
	public List<WriteOutcome> accept(ProjectId project, List<Received> received) {
		return accept(project, received, Transport.OTLP);
	}

	/**
	 * The same for another transport; conflicts are listed under it.
	 */
	public List<WriteOutcome> accept(ProjectId project, List<Received> received, Transport transport) {
		TextSanitizer sanitizer = new TextSanitizer();
		List<Submission> submissions = new ArrayList<>(received.size());
		Map<Integer, Span> told = new TreeMap<>();
		SpanListener listener = this.spans;
		boolean problems = false;
		for (Received one : received) {
			Signal signal = clean(one.signal(), sanitizer);
			if (listener != null && signal instanceof Span span && listener.isRelevant(span)) {
				told.put(submissions.size(), span);
				signal = listener.kept(span);
			}
			Submission submission = new Submission(signal, this.triage.judge(signal), one.idFromClient(),
					one.contentHash());
			submissions.add(submission);
			problems |= submission.problem() != null;
		}
		List<WriteOutcome> outcomes = this.writer.write(project, submissions);
		count(submissions, outcomes);
		this.metrics.sanitized(sanitizer.replaced());
		if (problems) {
			this.relay.wake();
		}
		Conflicts.list(this.rejected, project, transport, submissions, outcomes);
		if (listener != null && !told.isEmpty()) {
			// What contradicts a stored span is not stored, and tells nothing.
			told.keySet().removeIf((place) -> outcomes.get(place) == WriteOutcome.CONFLICT);
			listener.stored(project, List.copyOf(told.values()));
		}
		return outcomes;
	}

	/** Counts texts that a transport had to clean while decoding. */
	public void sanitized(int texts) {
		this.metrics.sanitized(texts);
	}

	/** Counts what became of events of decision runs. */
	public void countRunEvents(List<WriteOutcome> outcomes) {
		Map<WriteOutcome, Integer> counts = new EnumMap<>(WriteOutcome.class);
		outcomes.forEach((outcome) -> counts.merge(outcome, 1, Integer::sum));
		counts.forEach((outcome, count) -> this.metrics.accepted(Rejections.RUN_TYPE, outcome, count));
	}

	/** Counts and lists records that a transport could not decode; never fails. */
	public void reject(ProjectId project, Rejections rejections) {
		if (rejections.count() > 0) {
			this.rejected.record(project, rejections);
		}
	}

	/**
	 * Lists what a sender should look at, without counting it: what was passed over is
	 * not known to be a record.
	 */
	public void note(ProjectId project, Rejections warning) {
		this.rejected.list(project, warning);
	}

	private void count(List<Submission> submissions, List<WriteOutcome> outcomes) {
		Map<SignalType, Map<WriteOutcome, Integer>> counts = new EnumMap<>(SignalType.class);
		for (int i = 0; i < outcomes.size(); i++) {
			counts.computeIfAbsent(submissions.get(i).signal().type(), (_) -> new EnumMap<>(WriteOutcome.class))
				.merge(outcomes.get(i), 1, Integer::sum);
		}
		counts.forEach((type, byOutcome) -> byOutcome
			.forEach((outcome, count) -> this.metrics.accepted(type.wireName(), outcome, count)));
	}

	private static Signal clean(Signal signal, TextSanitizer text) {
		return switch (signal) {
			case LogRecord log -> new LogRecord(log.signalId(), clean(log.traceId(), text),
					cleanNullable(log.spanId(), text), text.clean(log.serviceName()), log.timestamp(),
					text.clean(log.level()), text.clean(log.message()), text.clean(log.attributes()),
					text.clean(log.resource()), text.clean(log.details()));
			case Span span -> new Span(span.signalId(), new TraceId(text.clean(span.traceId().value())),
					text.clean(span.spanId()), cleanNullable(span.parentSpanId(), text), text.clean(span.serviceName()),
					text.clean(span.name()), span.kind(), span.timestamp(), span.duration(), text.clean(span.status()),
					cleanNullable(span.statusMessage(), text), text.clean(span.attributes()),
					text.clean(span.resource()), text.clean(span.details()));
			case MetricPoint point -> new MetricPoint(point.signalId(), clean(point.traceId(), text),
					text.clean(point.serviceName()), point.timestamp(), text.clean(point.name()), point.kind(),
					point.value(), text.clean(point.unit()), text.clean(point.attributes()),
					text.clean(point.resource()), text.clean(point.details()));
		};
	}

	private static @Nullable TraceId clean(@Nullable TraceId trace, TextSanitizer text) {
		return (trace != null) ? new TraceId(text.clean(trace.value())) : null;
	}

	private static @Nullable String cleanNullable(@Nullable String value, TextSanitizer text) {
		return (value != null) ? text.clean(value) : null;
	}

}
