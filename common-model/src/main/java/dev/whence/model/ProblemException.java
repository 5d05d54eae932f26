package dev.whence.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A failure with a {@link ProblemCode}; the web layer of each service turns it into an
 * RFC 9457 body. Never carries a payload, only what a person needs to mend the request.
 */
public class ProblemException extends RuntimeException {

	private final ProblemCode code;

	private final List<FieldError> errors;

	public ProblemException(ProblemCode code, String detail) {
		this(code, detail, List.of(), null);
	}

	public ProblemException(ProblemCode code, String detail, List<FieldError> errors, @Nullable Throwable cause) {
		super(detail, cause);
		this.code = code;
		this.errors = List.copyOf(errors);
	}

	public ProblemCode code() {
		return this.code;
	}

	public List<FieldError> errors() {
		return this.errors;
	}

	/** What a person reads; never null. */
	public String detail() {
		String message = getMessage();
		return (message != null) ? message : this.code.title();
	}

	/**
	 * One wrong field.
	 *
	 * @param pointer a JSON pointer into the body, e.g. {@code /trace_id}
	 */
	public record FieldError(String pointer, String message) {
	}

}
