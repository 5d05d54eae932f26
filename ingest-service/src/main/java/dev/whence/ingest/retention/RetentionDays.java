package dev.whence.ingest.retention;

import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import dev.whence.model.SignalType;
import dev.whence.store.RetentionChoices;

/**
 * Days by kind of telemetry. In a request, what is absent stays as it is.
 */
record RetentionDays(@Nullable @Min(1) @Max(RetentionChoices.MOST_DAYS) Integer logs,
		@Nullable @Min(1) @Max(RetentionChoices.MOST_DAYS) Integer traces,
		@Nullable @Min(1) @Max(RetentionChoices.MOST_DAYS) Integer metrics) {

	static RetentionDays from(Map<SignalType, Integer> days) {
		return new RetentionDays(days.get(SignalType.LOG), days.get(SignalType.TRACE), days.get(SignalType.METRIC));
	}

	@Nullable Integer of(SignalType type) {
		return switch (type) {
			case LOG -> this.logs;
			case TRACE -> this.traces;
			case METRIC -> this.metrics;
		};
	}

}
