package dev.whence.store.column;

/** Stored bytes are not those that were written. */
public final class DamagedColumnException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public DamagedColumnException(String message) {
		super(message);
	}

	public DamagedColumnException(String message, Throwable cause) {
		super(message, cause);
	}

}
