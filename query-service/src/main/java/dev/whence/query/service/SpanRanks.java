package dev.whence.query.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.whence.model.ProjectId;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.store.SignalReader;
import dev.whence.store.rollup.CallTotals;
import dev.whence.store.rollup.DurationSketch;
import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.OperationTotals;
import dev.whence.store.rollup.ServiceRollups;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Says where a span stands among those of its operation. */
@Component
class SpanRanks {

	/** Of the trace, among which the span is looked for. */
	private static final int MOST_SIGNALS = 50_000;

	private static final Duration AROUND = Duration.ofMinutes(30);

	private static final Duration DAY = Duration.ofDays(1);

	/** Of fewer, the day before is looked at as well. */
	private static final long ENOUGH = 100;

	private final SignalReader signals;

	private final ServiceRollups rollups;

	SpanRanks(SignalReader signals, ServiceRollups rollups) {
		this.signals = signals;
		this.rollups = rollups;
	}

	/**
	 * @param service tells the halves of a shared span apart; null for the first to begin
	 * @return empty when there is no such span
	 */
	Optional<PercentileView> rank(ProjectId project, TraceId trace, String spanId, @Nullable String service) {
		return this.signals.ofTraces(project, List.of(trace), MOST_SIGNALS)
			.stream()
			.filter(Span.class::isInstance)
			.map(Span.class::cast)
			.filter((span) -> span.spanId().equalsIgnoreCase(spanId))
			.filter((span) -> service == null || span.serviceName().equals(service))
			.findFirst()
			.map((span) -> rank(project, span));
	}

	private PercentileView rank(ProjectId project, Span span) {
		Instant end = span.timestamp().plus(AROUND);
		MinuteRange range = MinuteRange.covering(span.timestamp().minus(AROUND), end);
		CallTotals totals = totals(project, range, span);
		if (totals.calls() < ENOUGH) {
			range = MinuteRange.covering(span.timestamp().minus(DAY), end);
			totals = totals(project, range, span);
		}
		DurationSketch durations = totals.durations();
		return new PercentileView((totals.calls() > 0) ? durations.rankOf(span.duration()) : null, span.name(),
				span.serviceName(), span.kind().name().toLowerCase(Locale.ROOT), Figures.millis(span.duration()),
				totals.calls(), Figures.millis(durations, Figures.P50), Figures.millis(durations, Figures.P95),
				Figures.millis(durations, Figures.P99), range.from(), range.to());
	}

	private CallTotals totals(ProjectId project, MinuteRange range, Span span) {
		return this.rollups.operation(project, range, span.serviceName(), span.name(), span.kind())
			.map(OperationTotals::totals)
			.orElse(CallTotals.NONE);
	}

}
