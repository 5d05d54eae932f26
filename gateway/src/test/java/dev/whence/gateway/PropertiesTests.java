package dev.whence.gateway;

import java.util.stream.Stream;

import dev.whence.support.redis.RedisProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings of all features: what holds when nothing is said, what can be said, what
 * is refused.
 */
class PropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(AllProperties.class);

	@Test
	void nothingHasToBeSaid() {
		this.runner.run((context) -> assertThat(described(context)).contains("ingest=http://localhost:8081",
				"control=http://localhost:8085", "timeLimit=PT8S", "concurrency=512", "port=4318", "port=4317",
				"concurrency=256", "connectionConcurrency=64", "addressConcurrency=128", "connections=8192",
				"addressConnections=512", "bodies=67108864B", "enabled=true", "largestBody=1048576B",
				"inFlight=67108864B", "patience=PT2S", "maxBody=16777216B", "bodyTime=PT30S", "kind=REDIS",
				"patience=PT0.005S", "corsOrigins=[*]", "mode=REQUIRED", "anonymousPaths=[POST /workflow/instrument]"));
	}

	@ParameterizedTest
	@MethodSource
	void everyKeyBinds(String key, String value, String described) {
		this.runner.withPropertyValues(key + "=" + value)
			.run((context) -> assertThat(described(context)).contains(described));
	}

	static Stream<Object[]> everyKeyBinds() {
		return Stream.of(row("whence.gateway.services.ingest", "http://a:1", "ingest=http://a:1"),
				row("whence.gateway.services.query", "http://a:2", "query=http://a:2"),
				row("whence.gateway.services.analysis", "http://a:3", "analysis=http://a:3"),
				row("whence.gateway.services.instrumenter", "http://a:4", "instrumenter=http://a:4"),
				row("whence.gateway.services.control", "https://a:5/", "control=https://a:5/"),
				row("whence.gateway.guard.time-limit", "3s", "timeLimit=PT3S"),
				row("whence.gateway.guard.concurrency", "7", "concurrency=7"),
				row("whence.gateway.guard.breaker-window", "70", "breakerWindow=70"),
				row("whence.gateway.guard.breaker-minimum-calls", "8", "breakerMinimumCalls=8"),
				row("whence.gateway.guard.breaker-failure-rate", "90", "breakerFailureRate=90"),
				row("whence.gateway.guard.breaker-open-for", "5s", "breakerOpenFor=PT5S"),
				row("whence.gateway.otlp.port", "-1", "port=-1"),
				row("whence.gateway.otlp.address", "127.0.0.1", "address=/127.0.0.1"),
				row("whence.gateway.grpc.port", "-1", "port=-1"),
				row("whence.gateway.grpc.address", "127.0.0.1", "address=/127.0.0.1"),
				row("whence.gateway.grpc.concurrency", "9", "concurrency=9"),
				row("whence.gateway.grpc.connection-concurrency", "8", "connectionConcurrency=8"),
				row("whence.gateway.grpc.address-concurrency", "0", "addressConcurrency=0"),
				row("whence.gateway.grpc.bodies", "2MB", "bodies=2097152B"),
				row("whence.gateway.lane.enabled", "false", "enabled=false"),
				row("whence.gateway.lane.largest-body", "2MB", "largestBody=2097152B"),
				row("whence.gateway.lane.in-flight", "3MB", "inFlight=3145728B"),
				row("whence.gateway.lane.patience", "3s", "patience=PT3S"),
				row("whence.gateway.limit.max-body", "1MB", "maxBody=1048576B"),
				row("whence.gateway.limit.body-time", "5s", "bodyTime=PT5S"),
				row("whence.gateway.limit.key-rate", "0", "keyRate=0"),
				row("whence.gateway.limit.key-burst", "3", "keyBurst=3"),
				row("whence.gateway.limit.address-rate", "4", "addressRate=4"),
				row("whence.gateway.limit.address-burst", "5", "addressBurst=5"),
				row("whence.gateway.limit.connections", "0", "connections=0"),
				row("whence.gateway.limit.address-connections", "0", "addressConnections=0"),
				row("whence.gateway.limit.tracked-clients", "6", "trackedClients=6"),
				row("whence.gateway.limit.shared.kind", "in-process", "kind=IN_PROCESS"),
				row("whence.gateway.limit.shared.patience", "9ms", "patience=PT0.009S"),
				row("whence.gateway.limit.shared.timeout", "8ms", "timeout=PT0.008S"),
				row("whence.gateway.limit.shared.retry-after", "7s", "retryAfter=PT7S"),
				row("whence.redis.url", "rediss://u:p@a:1/2", "rediss://a:1/2"),
				row("whence.gateway.shield.trusted-proxies", "10\\..*", "trustedProxies=10\\..*"),
				row("whence.gateway.shield.cors-origins", "https://a,https://b", "corsOrigins=[https://a, https://b]"),
				row("whence.security.mode", "open", "mode=OPEN"),
				row("whence.security.anonymous-paths", "GET /a", "anonymousPaths=[GET /a]"));
	}

	@ParameterizedTest
	@MethodSource
	void aBadValueStopsTheStart(String key, String value) {
		this.runner.withPropertyValues(key + "=" + value).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(Exception.class)
				.hasStackTraceContaining(BindException.class.getName());
		});
	}

	static Stream<Object[]> aBadValueStopsTheStart() {
		return Stream.of(row("whence.gateway.services.ingest", "ingest:8081"),
				row("whence.gateway.services.query", "ftp://a"), row("whence.gateway.services.query", "http://a/path"),
				row("whence.gateway.guard.concurrency", "0"), row("whence.gateway.guard.time-limit", "0s"),
				row("whence.gateway.guard.breaker-failure-rate", "101"), row("whence.gateway.otlp.port", "65536"),
				row("whence.gateway.grpc.port", "65536"), row("whence.gateway.grpc.concurrency", "0"),
				row("whence.gateway.grpc.connection-concurrency", "0"),
				row("whence.gateway.grpc.address-concurrency", "-1"), row("whence.gateway.limit.connections", "-1"),
				row("whence.gateway.limit.address-connections", "-1"), row("whence.gateway.grpc.bodies", "0B"),
				row("whence.gateway.lane.in-flight", "1KB"), row("whence.gateway.lane.patience", "0s"),
				row("whence.gateway.limit.max-body", "many"), row("whence.gateway.limit.key-rate", "-1"),
				row("whence.gateway.limit.key-burst", "0"), row("whence.gateway.limit.shared.kind", "etcd"),
				row("whence.gateway.limit.shared.patience", "0s"), row("whence.redis.url", "http://a"),
				row("whence.redis.url", "redis://a/many"), row("whence.gateway.limit.body-time", "-1s"),
				row("whence.gateway.shield.trusted-proxies", "("), row("whence.security.mode", "maybe"));
	}

	private static Object[] row(Object... values) {
		return values;
	}

	private static String described(ApplicationContext context) {
		return context.getBeansOfType(Record.class).values().toString();
	}

	@Configuration(proxyBeanMethods = false)
	@ConfigurationPropertiesScan("dev.whence.gateway")
	@EnableConfigurationProperties(RedisProperties.class)
	static class AllProperties {

	}

}
