package dev.whence.instrumenter.manifest;

import java.util.regex.Pattern;

/** What the address of a collector says about how it is spoken to. */
final class Endpoint {

	private static final Pattern GRPC = Pattern.compile(":4317(/|$)");

	private static final Pattern HTTP = Pattern.compile(":4318(/|$)");

	private static final Pattern SIGNAL_PATH = Pattern.compile("/v1/(traces|metrics|logs)/?$");

	private Endpoint() {
	}

	/** Whether the port is the one for gRPC, whatever stands behind it. */
	static boolean isGrpc(String endpoint) {
		return GRPC.matcher(endpoint).find();
	}

	/** Whether the port is the one for HTTP. */
	static boolean isHttp(String endpoint) {
		return HTTP.matcher(endpoint).find();
	}

	/** Whether it is the address of one signal, to which agents add a path once more. */
	static boolean hasSignalPath(String endpoint) {
		return SIGNAL_PATH.matcher(endpoint).find();
	}

}
