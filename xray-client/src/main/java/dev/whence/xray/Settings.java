package dev.whence.xray;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a client works; {@link XrayClient.Builder} says what each setting means.
 *
 * @param ingest the whole address that events are posted to
 */
record Settings(boolean enabled, URI ingest, @Nullable String apiKey, int batchSize, Duration batchDelay,
		int maxQueuedEvents, long maxQueuedBytes, int maxEventBytes, int candidateSample, Duration requestTimeout,
		Duration retryFor, Duration closeTimeout, boolean gzip, boolean runStarts, boolean stepStarts) {
}
