package dev.whence.gateway.route;

/** Another process listens on the OTLP port. */
final class OtlpPortTakenException extends RuntimeException {

	private final int port;

	OtlpPortTakenException(int port, Throwable cause) {
		super("The OTLP port " + port + " is taken.", cause);
		this.port = port;
	}

	int port() {
		return this.port;
	}

}
