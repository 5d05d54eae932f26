package dev.whence.gateway.grpc;

import java.net.InetAddress;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The listener for OTLP over gRPC.
 *
 * @param port 0 or -1 for none; 4317 is what OpenTelemetry SDKs send to unless told
 * otherwise
 * @param address the interface to listen on; that of the main port, if absent
 * @param concurrency calls that may be under way at the same time
 * @param connectionConcurrency calls that may be under way on one connection; others wait
 * at the client
 * @param addressConcurrency calls that may be under way of one client's address; 0 for no
 * limit. Trusted proxies are exempt, for they speak for many
 * @param bodies bytes that the messages of all calls under way may occupy, as sent and
 * inflated; unlike over HTTP, a message is complete before it is passed on
 */
@Validated
@ConfigurationProperties("whence.gateway.grpc")
record GrpcProperties(@Min(-1) @Max(65535) @DefaultValue("4317") int port, @Nullable InetAddress address,
		@Min(1) @DefaultValue("256") int concurrency, @Min(1) @DefaultValue("64") int connectionConcurrency,
		@Min(0) @DefaultValue("128") int addressConcurrency, @DefaultValue("64MB") DataSize bodies) {

	GrpcProperties {
		if (bodies.toBytes() < 1) {
			throw new IllegalArgumentException("whence.gateway.grpc.bodies leaves no room for a message");
		}
	}

}
