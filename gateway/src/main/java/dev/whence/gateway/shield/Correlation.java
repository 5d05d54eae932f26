package dev.whence.gateway.shield;

import java.util.function.Function;
import java.util.regex.Pattern;

import dev.whence.support.web.CorrelationId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What ties one request's traces in all logs together.
 *
 * @param id the {@link CorrelationId}
 * @param traceId the trace of the caller's W3C {@code traceparent}, otherwise the id
 */
public record Correlation(String id, String traceId) {

	/** The header on the way in, the way on and the way back. */
	public static final String HEADER = CorrelationId.HEADER;

	/** The key in structured log lines, the same in all services. */
	public static final String LOG_KEY = CorrelationId.MDC_KEY;

	private static final String ATTRIBUTE = Correlation.class.getName();

	// https://www.w3.org/TR/trace-context/#traceparent-header
	private static final Pattern TRACEPARENT = Pattern
		.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

	/** The correlation of a request that passed the shield; a fresh one before that. */
	public static Correlation of(ServerWebExchange exchange) {
		Object known = exchange.getAttributes().get(ATTRIBUTE);
		return (known instanceof Correlation correlation) ? correlation : from(exchange.getRequest().getHeaders());
	}

	static Correlation from(HttpHeaders headers) {
		return from(headers::getFirst);
	}

	/**
	 * The correlation of a request that has none yet.
	 * @param header gives the first value of a header
	 */
	public static Correlation from(Function<String, @Nullable String> header) {
		String id = CorrelationId.from(header).value();
		String parent = header.apply("traceparent");
		if (parent != null && parent.length() <= 256) {
			var matcher = TRACEPARENT.matcher(parent);
			if (matcher.matches()) {
				return new Correlation(id, matcher.group(1));
			}
		}
		return new Correlation(id, id);
	}

	void attachTo(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
		exchange.getResponse().getHeaders().set(HEADER, this.id);
	}

}
