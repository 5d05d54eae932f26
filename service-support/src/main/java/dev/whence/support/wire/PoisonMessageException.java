package dev.whence.support.wire;

import org.jspecify.annotations.Nullable;

/** Says that a message can never be handled, however often it comes. */
public class PoisonMessageException extends RuntimeException {

	public PoisonMessageException(String reason, @Nullable Throwable cause) {
		super(reason, cause);
	}

}
