package dev.whence.support.outbound;

/** Says in the words of a field error why an address may not be called. */
public final class RefusedAddressException extends RuntimeException {

	private final String reason;

	RefusedAddressException(String reason) {
		super(reason);
		this.reason = reason;
	}

	public String reason() {
		return this.reason;
	}

}
