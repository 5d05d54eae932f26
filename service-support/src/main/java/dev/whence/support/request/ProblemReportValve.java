package dev.whence.support.request;

import java.io.IOException;

import dev.whence.support.problem.ProblemWriter;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers for Tomcat where a request never gets as far as a filter: a path that cannot be
 * decoded, a request line that is none, an expectation nobody can meet. Tomcat itself
 * would answer with a page of HTML.
 */
final class ProblemReportValve extends ErrorReportValve {

	private static final int FIRST_FAILURE = 400;

	private static final int EXPECTATION_FAILED = 417;

	private static final int HEADERS_TOO_LARGE = 431;

	private static final int FIRST_OWN_FAILURE = 500;

	private final ProblemWriter problems;

	ProblemReportValve(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		// The same that Tomcat asks: whether somebody else has answered already.
		if (response.getStatus() < FIRST_FAILURE || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		try {
			this.problems.writeUnread(request, response.getResponse(), response.getStatus(),
					detail(response.getStatus()));
			response.finishResponse();
		}
		catch (IOException | IllegalStateException _) {
			// The caller left, or somebody has begun to answer.
		}
	}

	private static String detail(int status) {
		return switch (status) {
			case FIRST_FAILURE -> "The path, the query or a header cannot be read: what is no letter or digit of "
					+ "ASCII is percent-encoded UTF-8";
			case EXPECTATION_FAILED -> "The header Expect may say 100-continue and nothing else";
			case HEADERS_TOO_LARGE -> "The headers are larger than this service takes";
			default -> (status < FIRST_OWN_FAILURE) ? "The request cannot be answered as it was sent"
					: "An unexpected failure; the logs have it under this correlation id";
		};
	}

}
