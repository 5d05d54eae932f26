package dev.whence.gateway.route;

/** A service took the request and did not begin to answer within the time limit. */
public final class UpstreamTimeoutException extends RuntimeException {

	UpstreamTimeoutException(String service, Throwable cause) {
		super("The service '" + service + "' did not answer in time.", cause);
	}

}
