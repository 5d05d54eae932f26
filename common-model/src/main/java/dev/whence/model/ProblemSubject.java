package dev.whence.model;

/**
 * The thing that trouble makes dirty: the trace of problem signals, or, for signals
 * without one, their fingerprint; and for what no signal shows, the fingerprint of the
 * observation.
 *
 * @param value the trace id or the fingerprint
 */
public record ProblemSubject(Kind kind, String value) {

	/** What {@link ProblemSubject#value()} names. */
	public enum Kind {

		TRACE, FINGERPRINT, OBSERVATION

	}

	public static ProblemSubject of(Problem problem) {
		TraceId trace = problem.traceId();
		return (trace != null) ? new ProblemSubject(Kind.TRACE, trace.value())
				: new ProblemSubject(Kind.FINGERPRINT, problem.fingerprint());
	}

	/** The inverse of {@link #toString()}. */
	public static ProblemSubject parse(String text) {
		int colon = text.indexOf(':');
		if (colon < 0) {
			throw new IllegalArgumentException("not a problem subject: it has no colon");
		}
		return new ProblemSubject(Kind.valueOf(text.substring(0, colon)), text.substring(colon + 1));
	}

	@Override
	public String toString() {
		return this.kind + ":" + this.value;
	}

}
