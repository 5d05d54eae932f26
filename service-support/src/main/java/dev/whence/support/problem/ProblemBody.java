package dev.whence.support.problem;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem. {@code detail} is also what clients of the original services read.
 *
 * @param code stable name for programs, see {@link dev.whence.model.ProblemCode}
 * @param traceId correlates the answer with the logs
 * @param errors the wrong fields, empty unless the caller sent wrong fields
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(URI type, String title, int status, String detail, String instance, String code,
		@Nullable String traceId, List<FieldError> errors) {

	/** The media type of a problem. */
	public static final String MEDIA_TYPE = "application/problem+json";

	private static final String TYPE_PREFIX = "urn:whence:problem:";

	public static ProblemBody of(ProblemException problem, String instance, @Nullable String traceId) {
		return new ProblemBody(URI.create(TYPE_PREFIX + problem.code().code()), problem.code().title(),
				problem.code().status(), problem.detail(), instance, problem.code().code(), traceId, problem.errors());
	}

	/** The same with a status that several stand for. */
	ProblemBody withStatus(int other) {
		return new ProblemBody(this.type, this.title, other, this.detail, this.instance, this.code, this.traceId,
				this.errors);
	}

}
