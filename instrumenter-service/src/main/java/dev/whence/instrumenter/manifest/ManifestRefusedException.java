package dev.whence.instrumenter.manifest;

/**
 * The text as a whole cannot be worked on: it is not YAML, not UTF-8, or beyond a limit.
 * The message never quotes the text. Line and column count from one; zero means that the
 * place is not known.
 */
public final class ManifestRefusedException extends RuntimeException {

	/** Why, for programs. */
	public enum Reason {

		SYNTAX("yaml-syntax"), ENCODING("yaml-encoding"), TOO_DEEP("yaml-too-deep"),
		TOO_MANY_DOCUMENTS("yaml-too-many-documents"), TOO_MANY_NODES("yaml-too-many-nodes"), DEADLINE("deadline");

		private final String code;

		Reason(String code) {
			this.code = code;
		}

		public String code() {
			return this.code;
		}

	}

	private final Reason reason;

	private final int line;

	private final int column;

	public ManifestRefusedException(Reason reason, String message, int line, int column) {
		super((line > 0) ? "%s at line %d, column %d".formatted(message, line, column) : message, null, false, false);
		this.reason = reason;
		this.line = line;
		this.column = column;
	}

	/** The message; never null. */
	public String explanation() {
		String message = getMessage();
		return (message != null) ? message : this.reason.code();
	}

	public Reason reason() {
		return this.reason;
	}

	public int line() {
		return this.line;
	}

	public int column() {
		return this.column;
	}

}
