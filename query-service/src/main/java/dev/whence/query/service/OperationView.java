package dev.whence.query.service;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.rollup.OperationTotals;
import org.jspecify.annotations.Nullable;

/**
 * What an operation did.
 *
 * @param operation … for what exceeded the number of operations that are told apart
 * @param kind server, client, internal, producer, consumer or unspecified
 */
record OperationView(String operation, String kind, long calls, long errors,
		@JsonProperty("error_rate") double errorRate, @JsonProperty("p50_ms") @Nullable Double p50Ms,
		@JsonProperty("p95_ms") @Nullable Double p95Ms, @JsonProperty("p99_ms") @Nullable Double p99Ms) {

	static OperationView of(OperationTotals operation) {
		return new OperationView(operation.operation(), operation.kind().name().toLowerCase(Locale.ROOT),
				operation.totals().calls(), operation.totals().errors(), Figures.errorRate(operation.totals()),
				Figures.millis(operation.totals().durations(), Figures.P50),
				Figures.millis(operation.totals().durations(), Figures.P95),
				Figures.millis(operation.totals().durations(), Figures.P99));
	}

}
