package dev.whence.control.build.github;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** Turns answers that are not of the 2xx kind into exceptions. */
final class Refusals {

	/** As much of an error as anybody reads. */
	private static final int MAX_ERROR = 8_192;

	private static final int MAX_MESSAGE = 300;

	private final JsonMapper json;

	private final RateGate gate;

	private final String token;

	/**
	 * @param token never shown, should anything on the way repeat it
	 */
	Refusals(JsonMapper json, RateGate gate, String token) {
		this.json = json;
		this.gate = gate;
		this.token = token;
	}

	GitHubException of(ClientHttpResponse response) throws IOException {
		HttpStatusCode code = response.getStatusCode();
		int status = code.value();
		String message = message(response);
		String told = "GitHub answered " + status + (message.isEmpty() ? "" : ": " + message);
		if (isLimit(status, response.getHeaders(), message)) {
			Instant until = this.gate.refused(response.getHeaders());
			return new GitHubException(GitHubException.Kind.LIMITED, status, told, until, null);
		}
		GitHubException.Kind kind = switch (status) {
			case 404 -> GitHubException.Kind.NOT_FOUND;
			default -> code.is5xxServerError() ? GitHubException.Kind.FAILED : GitHubException.Kind.REFUSED;
		};
		return new GitHubException(kind, status,
				code.is3xxRedirection() ? told + " (redirects are not followed: has the repository moved?)" : told,
				null, null);
	}

	// The secondary limit is a 403 like any other but for its headers or its words.
	private static boolean isLimit(int status, HttpHeaders headers, String message) {
		if (status == 429) {
			return true;
		}
		return status == 403 && ("0".equals(headers.getFirst("X-RateLimit-Remaining"))
				|| headers.containsHeader(HttpHeaders.RETRY_AFTER)
				|| message.toLowerCase(Locale.ROOT).contains("rate limit"));
	}

	private String message(ClientHttpResponse response) {
		try {
			byte[] body = response.getBody().readNBytes(MAX_ERROR);
			GitHubApi.Trouble trouble = this.json.readValue(body, GitHubApi.Trouble.class);
			String message = (trouble != null && trouble.message() != null) ? trouble.message() : "";
			String printable = (this.token.isEmpty() ? message : message.replace(this.token, "***"))
				.replaceAll("\\p{Cntrl}", " ")
				.strip();
			return printable.substring(0, Math.min(printable.length(), MAX_MESSAGE));
		}
		catch (IOException | JacksonException | IllegalArgumentException _) {
			return "";
		}
	}

}
