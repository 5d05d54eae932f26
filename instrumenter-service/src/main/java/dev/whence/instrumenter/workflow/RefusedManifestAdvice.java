package dev.whence.instrumenter.workflow;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.instrumenter.manifest.ManifestRefusedException;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.support.problem.ProblemBody;
import dev.whence.support.web.CorrelationId;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says where a manifest is broken, without a word of what stands there. */
@RestControllerAdvice(basePackageClasses = RefusedManifestAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class RefusedManifestAdvice {

	@ExceptionHandler
	ResponseEntity<RefusedManifest> refused(ManifestRefusedException refusal, HttpServletRequest request) {
		if (refusal.reason() == ManifestRefusedException.Reason.DEADLINE) {
			// The other limits bound the work, so that time only runs out where the
			// processors have none; the same request may do better.
			return answer(new ProblemException(ProblemCode.OVERLOADED, refusal.explanation()), refusal, request);
		}
		return answer(new ProblemException(ProblemCode.INVALID_FIELD, refusal.explanation(),
				List.of(new FieldError("/manifest_content", refusal.explanation())), null), refusal, request);
	}

	private static ResponseEntity<RefusedManifest> answer(ProblemException problem, ManifestRefusedException refusal,
			HttpServletRequest request) {
		ProblemBody body = ProblemBody.of(problem, request.getRequestURI(), CorrelationId.of(request).value());
		ResponseEntity.BodyBuilder response = ResponseEntity.status(body.status());
		if (problem.code().isTransient()) {
			response.header("Retry-After", "2");
		}
		return response.contentType(MediaType.parseMediaType(ProblemBody.MEDIA_TYPE))
			.body(RefusedManifest.of(body, refusal));
	}

	/**
	 * A problem with a place.
	 *
	 * @param reason why, for programs
	 * @param line counted from one; absent if the place is not known
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record RefusedManifest(@JsonUnwrapped ProblemBody problem, String reason, @Nullable Integer line,
			@Nullable Integer column) {

		static RefusedManifest of(ProblemBody body, ManifestRefusedException refusal) {
			boolean known = refusal.line() > 0;
			return new RefusedManifest(body, refusal.reason().code(), known ? refusal.line() : null,
					known ? refusal.column() : null);
		}

	}

}
