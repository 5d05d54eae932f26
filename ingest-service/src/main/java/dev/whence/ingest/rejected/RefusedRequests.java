package dev.whence.ingest.rejected;

import java.nio.charset.StandardCharsets;

import dev.whence.model.ProblemException;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.support.security.Credential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Records the requests that were refused as a whole, on every path that takes signals:
 * nothing that a sender was told to be wrong goes uncounted. A refused body counts as one
 * record, since nobody could tell how many there were. Happens before the answer, which
 * others give.
 */
@Component
public class RefusedRequests implements HandlerExceptionResolver, Ordered {

	private static final String BODY = RefusedRequests.class.getName() + ".body";

	private final RejectedJournal journal;

	RefusedRequests(RejectedJournal journal) {
		this.journal = journal;
	}

	/** Keeps the body at hand, in case it is refused. */
	public static void remember(HttpServletRequest request, byte[] body) {
		request.setAttribute(BODY, body);
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception failure) {
		if (failure instanceof ProblemException problem && !(failure instanceof RecordedProblem)
				&& handler instanceof HandlerMethod method) {
			Takes takes = method.getMethodAnnotation(Takes.class);
			if (takes != null) {
				record(request, takes, problem);
			}
		}
		// Answering is the part of the next one in line.
		return null;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	private void record(HttpServletRequest request, Takes takes, ProblemException problem) {
		RejectionReason reason = reason(problem);
		if (reason != null && request.getAttribute(Credential.class.getName()) instanceof Credential credential) {
			Rejections rejections = new Rejections(takes.transport());
			rejections.add(takes.type(), reason, problem.detail(), null, null, () -> excerpt(request));
			this.journal.record(credential.project(), rejections);
		}
	}

	// Overload and failures of our own are no fault of the record; it may come again.
	private static @Nullable RejectionReason reason(ProblemException problem) {
		return switch (problem.code()) {
			case MALFORMED_BODY -> RejectionReason.MALFORMED;
			case INVALID_FIELD -> RejectionReason.INVALID_FIELD;
			case BODY_TOO_LARGE -> RejectionReason.TOO_LARGE;
			case UNSUPPORTED_MEDIA_TYPE -> RejectionReason.UNSUPPORTED_TYPE;
			default -> null;
		};
	}

	private static @Nullable String excerpt(HttpServletRequest request) {
		return (request.getAttribute(BODY) instanceof byte[] body) ? excerpt(body, 0, body.length) : null;
	}

	/** The beginning of a text of which nobody knows whether it is UTF-8. */
	public static String excerpt(byte[] bytes, int from, int to) {
		return new String(bytes, from, Math.min(to - from, RejectedRecord.EXCERPT_LENGTH), StandardCharsets.UTF_8);
	}

}
