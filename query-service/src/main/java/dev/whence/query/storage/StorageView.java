package dev.whence.query.storage;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the data of a project takes.
 *
 * @param tables the project's share of each
 * @param kinds the same by what it is for
 * @param services those that take the most
 * @param segments what is closed
 * @param asOf when the sizes were looked at
 * @param truncated whether there are more services
 */
record StorageView(List<Share> tables, List<Kind> kinds, List<Service> services,
		@JsonProperty("total_bytes") long totalBytes, Forecast forecast, Segments segments,
		@JsonProperty("as_of") Instant asOf, boolean truncated) {

	/**
	 * A project's share of a table.
	 *
	 * @param kind logs, spans, metrics, segments, runs, rollups or other
	 * @param rows an estimate unless {@code rows_estimated} is false
	 * @param bytes with indexes and TOAST
	 * @param bytesPerRow null without rows
	 */
	record Share(String table, String kind, long rows, @JsonProperty("rows_estimated") boolean rowsEstimated,
			long bytes, @JsonProperty("bytes_per_row") @Nullable Double bytesPerRow) {
	}

	/**
	 * What is stored of a kind, in rows and in segments.
	 *
	 * @param kind logs, spans, metrics, runs, rollups or other
	 * @param signals how many were counted; null for what is not made of signals
	 */
	record Kind(String kind, @Nullable Long signals, long bytes,
			@JsonProperty("bytes_per_signal") @Nullable Double bytesPerSignal) {
	}

	/**
	 * What a service takes.
	 *
	 * @param signalsPerDay of the last seven days, or since its project's first signal
	 * @param bytesPerDay what they take once they are closed
	 * @param forecastBytes what its signals will take when the forecast's days have
	 * passed
	 */
	record Service(String service, @JsonProperty("signals_per_day") double signalsPerDay,
			@JsonProperty("bytes_per_day") double bytesPerDay, @JsonProperty("forecast_bytes") long forecastBytes) {
	}

	/** What all of it will take after so many days, if as much goes on coming. */
	record Forecast(int days, long bytes) {
	}

	/** What is closed: exact. */
	record Segments(long count, long signals, long bytes) {
	}

}
