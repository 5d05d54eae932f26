package dev.whence.gateway.route;

/** A service took the request and did not begin to answer within the time limit. */
public final class UpstreamTimeoutException extends RuntimeException {

	private final String service;

	/** No answer of the service with that name. */
	public UpstreamTimeoutException(String service, Throwable cause) {
		super("no answer from " + service, cause);
		this.service = service;
	}

	/** The name of the service. */
	public String service() {
		return this.service;
	}

}
