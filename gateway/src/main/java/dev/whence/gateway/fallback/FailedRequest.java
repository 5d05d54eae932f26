package dev.whence.gateway.fallback;

import dev.whence.gateway.shield.Correlation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request that the gateway has to answer itself.
 *
 * @param path as it was asked for
 * @param contentType of its body
 * @param route where it was to go, if that was known
 */
public record FailedRequest(String method, String path, @Nullable String contentType, @Nullable String route,
		Correlation correlation) {
}
