package dev.whence.ingest.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.whence.store.WriteOutcome;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;

/**
 * What the single endpoints answer. There are three of them, so they are written as they
 * are: choosing a converter and making JSON took a seventh of the time of a request.
 *
 * @param status {@code accepted}: it is stored, now or by an earlier request
 * @param outcome {@code duplicate}, {@code conflict}, or absent when it was new
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(String status, @Nullable String outcome) {

	private static final byte[] STORED = json("{\"status\":\"accepted\"}");

	private static final byte[] DUPLICATE = json("{\"status\":\"accepted\",\"outcome\":\"duplicate\"}");

	private static final byte[] CONFLICT = json("{\"status\":\"accepted\",\"outcome\":\"conflict\"}");

	static void write(HttpServletResponse response, WriteOutcome outcome) throws IOException {
		byte[] body = switch (outcome) {
			case STORED -> STORED;
			case DUPLICATE -> DUPLICATE;
			case CONFLICT -> CONFLICT;
		};
		response.setStatus(HttpServletResponse.SC_ACCEPTED);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private static byte[] json(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
