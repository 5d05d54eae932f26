package dev.whence.ingest.rejected;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.whence.model.ProblemException;
import dev.whence.model.SignalType;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
import dev.whence.support.security.Credential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
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

	private static final String DETAILS = RefusedRequests.class.getName() + ".details";

	private static final String SETTLED = RefusedRequests.class.getName() + ".settled";

	private static final Map<String, Path> PATHS = Map.of("/ingest/logs", path(Transport.NATIVE, SignalType.LOG),
			"/ingest/traces", path(Transport.NATIVE, SignalType.TRACE), "/ingest/metrics",
			path(Transport.NATIVE, SignalType.METRIC), "/ingest", new Path(Transport.XRAY, Rejections.RUN_TYPE),
			"/ingest/batch", new Path(Transport.BATCH, Rejections.UNKNOWN_TYPE), "/v1/logs",
			path(Transport.OTLP, SignalType.LOG), "/v1/traces", path(Transport.OTLP, SignalType.TRACE), "/v1/metrics",
			path(Transport.OTLP, SignalType.METRIC), "/api/v2/spans", path(Transport.ZIPKIN, SignalType.TRACE));

	private final RejectedJournal journal;

	RefusedRequests(RejectedJournal journal) {
		this.journal = journal;
	}

	/** Keeps the body at hand, in case it is refused. */
	public static void remember(HttpServletRequest request, byte[] body) {
		request.setAttribute(BODY, body);
	}

	/** Says more about the record that the request is refused for. */
	public static void describe(HttpServletRequest request, RejectionReason reason, @Nullable String service,
			@Nullable String signalId) {
		request.setAttribute(DETAILS, new Details(reason, service, signalId));
	}

	/** Says that what is refused was recorded already, one by one. */
	public static void settle(HttpServletRequest request) {
		request.setAttribute(SETTLED, true);
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception failure) {
		if (failure instanceof ProblemException problem && request.getAttribute(SETTLED) == null) {
			record(request, problem);
		}
		// Answering is the part of the next one in line.
		return null;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	private void record(HttpServletRequest request, ProblemException problem) {
		Path path = PATHS.get(String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
		RejectionReason reason = reason(problem);
		if (path == null || reason == null
				|| !(request.getAttribute(Credential.class.getName()) instanceof Credential credential)) {
			return;
		}
		Details details = (request.getAttribute(DETAILS) instanceof Details given) ? given
				: new Details(reason, null, null);
		Rejections rejections = new Rejections(path.transport());
		rejections.add(path.type(), details.reason(), problem.detail(), details.service(), details.signalId(),
				() -> excerpt(request));
		this.journal.record(credential.project(), rejections);
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

	private static Path path(Transport transport, SignalType type) {
		return new Path(transport, type.wireName());
	}

	/** What is sent to a path. */
	private record Path(Transport transport, String type) {
	}

	/** What a transport knows about a refused record. */
	private record Details(RejectionReason reason, @Nullable String service, @Nullable String signalId) {
	}

}
