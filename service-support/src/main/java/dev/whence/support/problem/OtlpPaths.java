package dev.whence.support.problem;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The paths on which OpenTelemetry's rules for bodies hold. */
public final class OtlpPaths {

	/** The media type of binary OTLP. */
	public static final String PROTOBUF = "application/x-protobuf";

	private static final Set<String> PATHS = Set.of("/v1/logs", "/v1/traces", "/v1/metrics");

	private OtlpPaths() {
	}

	public static boolean matches(String path) {
		return PATHS.contains(path);
	}

	/** Compares the media type alone, without parameters. */
	public static boolean isProtobuf(@Nullable String contentType) {
		return contentType != null && contentType.split(";", 2)[0].trim().equalsIgnoreCase(PROTOBUF);
	}

}
