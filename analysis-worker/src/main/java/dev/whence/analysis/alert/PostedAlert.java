package dev.whence.analysis.alert;

import java.time.Instant;
import java.util.SortedMap;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An alert as an alert manager posts it.
 *
 * @param labels what identifies it, never empty
 * @param annotations what describes it
 * @param startsAt null when not said: now
 * @param endsAt null when not said; the past closes the alert, the future is when it ends
 * unless it is posted again
 * @param generatorURL where the sender shows it
 */
record PostedAlert(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) SortedMap<String, String> labels,
		SortedMap<String, String> annotations, @Nullable Instant startsAt, @Nullable Instant endsAt,
		String generatorURL) {
}
