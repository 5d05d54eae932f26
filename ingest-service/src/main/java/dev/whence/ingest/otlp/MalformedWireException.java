package dev.whence.ingest.otlp;

/**
 * The bytes are not protobuf's wire format. Without a stack, because senders cause it.
 */
final class MalformedWireException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MalformedWireException() {
		super("the bytes are not a protobuf message", null, false, false);
	}

}
