package dev.whence.support.wire.inprocess;

import java.util.concurrent.Future;

import dev.whence.support.wire.WireMessage;
import org.jspecify.annotations.Nullable;

/** One delivery of one message; compared by identity. */
final class Claim {

	final WireMessage message;

	final int attempt;

	@Nullable Future<?> deadline;

	Claim(WireMessage message, int attempt) {
		this.message = message;
		this.attempt = attempt;
	}

}
