package dev.whence.support.web;

import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Ties one request to its log lines in every service. A caller's own id is kept when it
 * is harmless to log.
 *
 * @param value at most 64 letters, digits and dashes
 */
public record CorrelationId(String value) {

	/** Read from requests, written to responses. */
	public static final String HEADER = "X-Correlation-Id";

	/** The key in the logging context. */
	public static final String MDC_KEY = "correlationId";

	private static final String ALTERNATIVE_HEADER = "X-Request-Id";

	private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9-]{1,64}");

	/**
	 * The caller's id, or a new one.
	 * @param header gives the first value of a header
	 */
	public static CorrelationId from(Function<String, @Nullable String> header) {
		String own = firstHarmless(header.apply(HEADER), header.apply(ALTERNATIVE_HEADER));
		return new CorrelationId((own != null) ? own : UUID.randomUUID().toString());
	}

	/** The id that the filter gave to this request. */
	public static CorrelationId of(HttpServletRequest request) {
		Object known = request.getAttribute(CorrelationId.class.getName());
		return (known instanceof CorrelationId id) ? id : from(request::getHeader);
	}

	private static @Nullable String firstHarmless(@Nullable String first, @Nullable String second) {
		if (first != null && HARMLESS.matcher(first).matches()) {
			return first;
		}
		return (second != null && HARMLESS.matcher(second).matches()) ? second : null;
	}

}
