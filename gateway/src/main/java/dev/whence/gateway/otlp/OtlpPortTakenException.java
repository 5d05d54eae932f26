package dev.whence.gateway.otlp;

/** Another process listens on a port for OTLP. */
public final class OtlpPortTakenException extends RuntimeException {

	private final int port;

	private final String variable;

	/**
	 * Names the port and the environment variable that chooses another.
	 */
	public OtlpPortTakenException(int port, String variable, Throwable cause) {
		super("The OTLP port " + port + " is taken.", cause);
		this.port = port;
		this.variable = variable;
	}

	int port() {
		return this.port;
	}

	String variable() {
		return this.variable;
	}

}
