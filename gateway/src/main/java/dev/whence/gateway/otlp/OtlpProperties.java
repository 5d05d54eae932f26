package dev.whence.gateway.otlp;

import java.net.InetAddress;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The second listener, on the port that OpenTelemetry SDKs send to unless told otherwise.
 *
 * @param port 0 or -1 for no second listener
 * @param address the interface to listen on; that of the main port, if absent
 */
@Validated
@ConfigurationProperties("whence.gateway.otlp")
record OtlpProperties(@Min(-1) @Max(65535) @DefaultValue("4318") int port, @Nullable InetAddress address) {
}
