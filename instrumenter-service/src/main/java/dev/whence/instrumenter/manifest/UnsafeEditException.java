package dev.whence.instrumenter.manifest;

/**
 * An edit that cannot be made without touching more than it should; the document it
 * belongs to stays as it is. Never leaves this package.
 */
final class UnsafeEditException extends RuntimeException {

	private final Rule rule;

	UnsafeEditException(String message) {
		this(Rule.UNSAFE_EDIT, message);
	}

	UnsafeEditException(Rule rule, String message) {
		super(message, null, false, false);
		this.rule = rule;
	}

	Rule rule() {
		return this.rule;
	}

	String reason() {
		String message = getMessage();
		return (message != null) ? message : this.rule.title();
	}

}
