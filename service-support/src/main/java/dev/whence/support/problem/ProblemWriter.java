package dev.whence.support.problem;

import java.io.IOException;
import java.util.Objects;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.web.CorrelationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renders a failure in the form that the caller's protocol prescribes. Filters use it
 * directly, controllers through the advice.
 */
public final class ProblemWriter {

	/** What a client should wait after a transient failure, in seconds. */
	private static final String RETRY_AFTER_SECONDS = "2";

	private final JsonMapper json;

	public ProblemWriter(JsonMapper json) {
		this.json = json;
	}

	public void write(HttpServletRequest request, HttpServletResponse response, ProblemException problem)
			throws IOException {
		if (response.isCommitted()) {
			return;
		}
		response.resetBuffer();
		ProblemCode code = problem.code();
		response.setStatus(FastApiPaths.matches(request.getRequestURI()) ? FastApiBody.status(code) : code.status());
		if (code.isTransient() && !response.containsHeader("Retry-After")) {
			response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
		}
		if (code == ProblemCode.UNAUTHENTICATED) {
			response.setHeader("WWW-Authenticate", "Bearer");
		}
		write(request, response, ProblemBody.of(problem, request.getRequestURI(), CorrelationId.of(request).value()),
				code, RpcStatus.of(code, problem.detail()));
	}

	/**
	 * The same for a request that the server itself refused, with the status that it
	 * chose.
	 */
	public void writeUnread(HttpServletRequest request, HttpServletResponse response, int status, String detail)
			throws IOException {
		ProblemCode code = (status < 500) ? ProblemCode.MALFORMED_REQUEST : ProblemCode.INTERNAL;
		// Of a request line that is none there is no path either.
		String path = Objects.requireNonNullElse(request.getRequestURI(), "");
		write(request, response,
				ProblemBody.of(new ProblemException(code, detail), path, CorrelationId.of(request).value())
					.withStatus(status),
				code, RpcStatus.of(code, detail));
	}

	private void write(HttpServletRequest request, HttpServletResponse response, ProblemBody problem, ProblemCode code,
			RpcStatus status) throws IOException {
		String path = request.getRequestURI();
		if (FastApiPaths.matches(path)) {
			response.setContentType(ProblemBody.MEDIA_TYPE);
			write(response, this.json.writeValueAsBytes(FastApiBody.of(problem, code)));
		}
		else if (path == null || !OtlpPaths.matches(path)) {
			response.setContentType(ProblemBody.MEDIA_TYPE);
			write(response, this.json.writeValueAsBytes(problem));
		}
		else if (OtlpPaths.isProtobuf(request.getContentType())) {
			response.setContentType(OtlpPaths.PROTOBUF);
			write(response, status.toProtobuf());
		}
		else {
			response.setContentType("application/json");
			write(response, this.json.writeValueAsBytes(status));
		}
	}

	private static void write(HttpServletResponse response, byte[] body) throws IOException {
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
