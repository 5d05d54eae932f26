package dev.whence.support.wire;

/**
 * Takes messages from the wire.
 */
@FunctionalInterface
public interface WireHandler {

	/**
	 * Handles one message. Returning acknowledges it.
	 * @throws PoisonMessageException the message can never be handled: it goes to the
	 * dead letters ({@code <topic>-dlt}) at once
	 * @throws RuntimeException anything else is transient: the message is delivered
	 * again, with a growing pause, for as long as it takes
	 */
	void handle(WireMessage message);

	/**
	 * Whether a handler that fails like this will fail for ever. Beside
	 * {@link PoisonMessageException} these are the errors of broken code and of data that
	 * is nested too deeply: repeating them would stop the messages behind.
	 */
	static boolean isPoison(Throwable failure) {
		return failure instanceof PoisonMessageException || failure instanceof StackOverflowError
				|| failure instanceof LinkageError || failure instanceof AssertionError;
	}

}
