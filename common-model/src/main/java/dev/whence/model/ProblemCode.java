package dev.whence.model;

/**
 * Every failure the HTTP surfaces can answer with, once. The code is stable and meant for
 * programs; the detail of a problem is meant for people.
 */
public enum ProblemCode {

	MALFORMED_REQUEST("malformed-request", 400, "The request cannot be read", Category.CALLER),
	MALFORMED_BODY("malformed-body", 400, "The body cannot be read", Category.CALLER),
	INVALID_FIELD("invalid-field", 422, "A field is missing or wrong", Category.CALLER),
	INVALID_PARAMETER("invalid-parameter", 400, "A parameter is missing or wrong", Category.CALLER),
	REFUSED("refused", 400, "The request cannot be carried out", Category.CALLER),
	UNAUTHENTICATED("unauthenticated", 401, "A credential is required", Category.CALLER),
	FORBIDDEN("forbidden", 403, "The credential does not allow this", Category.CALLER),
	NOT_FOUND("not-found", 404, "There is no such thing", Category.CALLER),
	METHOD_NOT_ALLOWED("method-not-allowed", 405, "This path does not know the method", Category.CALLER),
	NOT_ACCEPTABLE("not-acceptable", 406, "No acceptable representation", Category.CALLER),
	REQUEST_TIMEOUT("request-timeout", 408, "The request did not arrive in time", Category.CALLER),
	CONFLICT("conflict", 409, "The request contradicts what is stored", Category.CONFLICT),
	PRECONDITION_FAILED("precondition-failed", 412, "What is stored is not what the request names", Category.CONFLICT),
	BODY_TOO_LARGE("body-too-large", 413, "The body is too large", Category.CALLER),
	UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The content type is not supported", Category.CALLER),
	RATE_LIMITED("rate-limited", 429, "Too many requests", Category.OVERLOAD),
	OVERLOADED("overloaded", 503, "The service is at its limit", Category.OVERLOAD),
	DEPENDENCY_UNAVAILABLE("dependency-unavailable", 503, "A dependency does not answer", Category.DEPENDENCY),
	UPSTREAM_TIMEOUT("upstream-timeout", 504, "The service behind the gateway did not answer in time",
			Category.DEPENDENCY),
	UPSTREAM_FAILED("upstream-failed", 502, "A service that Whence needs refused this or failed", Category.DEPENDENCY),
	INTERNAL("internal", 500, "This is a bug in Whence", Category.BUG);

	/** Who has to do something about it. */
	public enum Category {

		CALLER, CONFLICT, OVERLOAD, DEPENDENCY, BUG

	}

	private final String code;

	private final int status;

	private final String title;

	private final Category category;

	ProblemCode(String code, int status, String title, Category category) {
		this.code = code;
		this.status = status;
		this.title = title;
		this.category = category;
	}

	public String code() {
		return this.code;
	}

	public int status() {
		return this.status;
	}

	public String title() {
		return this.title;
	}

	public Category category() {
		return this.category;
	}

	/**
	 * Whether the same request may succeed later, so that Retry-After makes sense. What
	 * another service has refused it mostly refuses again.
	 */
	public boolean isTransient() {
		return this != UPSTREAM_FAILED && (this.category == Category.OVERLOAD || this.category == Category.DEPENDENCY);
	}

}
