package dev.whence.e2e.fire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.whence.e2e.platform.KafkaProcess;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceEnvironment;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.e2e.platform.Whence;
import dev.whence.testkit.LastingPort;
import dev.whence.testkit.postgres.PostgresProcess;
import dev.whence.testkit.redis.RedisServer;

/**
 * Whence of which every part is a process that may be killed: four services, PostgreSQL,
 * Kafka and Redis. One per JVM, started with its first use and healthy between tests,
 * which tell their data apart by the number of their run.
 */
final class Installation {

	private final PostgresProcess postgres = PostgresProcess.start();

	private final KafkaProcess kafka = KafkaProcess.start();

	private final RedisServer redis = RedisServer.start();

	private final ServiceEnvironment environment;

	private final Map<Service, ServiceProcess> services = new EnumMap<>(Service.class);

	private int runs;

	private int postgresKills;

	private Installation() {
		Map<Service, Integer> ports = new EnumMap<>(Service.class);
		for (Service service : List.of(Service.INGEST, Service.QUERY, Service.ANALYSIS, Service.GATEWAY)) {
			ports.put(service, LastingPort.free());
		}
		this.environment = new ServiceEnvironment(this.postgres.database(), this.kafka.bootstrapServers(),
				this.redis.url(), ports);
		ports.forEach((service, port) -> this.services.put(service, ServiceProcess.start(service,
				"fire-" + service.module(), port, List.of(heap(service)), this.environment.of(service))));
		this.services.values().forEach(ServiceProcess::awaitReady);
	}

	/**
	 * Small, because ingest will be offered too much; the worker has what its container
	 * gives it, and would otherwise collect garbage more than it analyses.
	 */
	private static String heap(Service service) {
		return (service == Service.ANALYSIS) ? "-Xmx640m" : "-Xmx256m";
	}

	static Installation running() {
		return Shared.INSTANCE;
	}

	/** A number for the data of one test. */
	int newRun() {
		return ++this.runs;
	}

	PostgresProcess postgres() {
		return this.postgres;
	}

	KafkaProcess kafka() {
		return this.kafka;
	}

	RedisServer redis() {
		return this.redis;
	}

	boolean has(Service service) {
		return this.services.containsKey(service);
	}

	ServiceProcess service(Service service) {
		return this.services.get(service);
	}

	int port(Service service) {
		return this.environment.ports().get(service);
	}

	/** The environment of a second ingest beside the first, on a port of its own. */
	Map<String, String> anotherIngest(int port) {
		return replica(Service.INGEST, port, this.environment.ports());
	}

	/**
	 * The environment of one more replica.
	 * @param port its own
	 * @param services where it finds the others
	 */
	Map<String, String> replica(Service service, int port, Map<Service, Integer> services) {
		Map<Service, Integer> ports = new EnumMap<>(Service.class);
		ports.putAll(services);
		ports.put(service, port);
		return new ServiceEnvironment(this.environment.database(), this.environment.kafka(), this.environment.redis(),
				ports)
			.of(service);
	}

	/** Whether ingest takes many native signals in one request. */
	boolean takesBatches() throws IOException {
		try (PlainConnection connection = new PlainConnection(port(Service.INGEST), Duration.ofSeconds(10))) {
			byte[] none = "[]".getBytes(StandardCharsets.UTF_8);
			int status = connection
				.exchange(PlainConnection.post("/ingest/batch", "application/json", Whence.KEY, none))
				.status();
			return status != 404 && status != 405;
		}
	}

	/**
	 * Kills with SIGKILL; PostgreSQL in turn with all its processes and as a parent that
	 * leaves its children behind.
	 * @return how, where there are several ways
	 */
	String kill(Target target) {
		switch (target) {
			case INGEST -> service(Service.INGEST).kill();
			case GATEWAY -> service(Service.GATEWAY).kill();
			case KAFKA -> this.kafka.kill();
			case REDIS -> this.redis.kill();
			case POSTGRESQL -> {
				if (this.postgresKills++ % 2 == 1) {
					this.postgres.killPostmaster();
					return "postmaster alone";
				}
				this.postgres.killAll();
				return "postmaster and backends";
			}
		}
		return "";
	}

	/** Starts what was killed again and returns when it works. */
	void restart(Target target) {
		switch (target) {
			case INGEST -> restart(service(Service.INGEST));
			case GATEWAY -> restart(service(Service.GATEWAY));
			case KAFKA -> this.kafka.restart();
			case REDIS -> this.redis.restart();
			case POSTGRESQL -> this.postgres.restart();
		}
	}

	private static void restart(ServiceProcess service) {
		service.restart();
		service.awaitReady();
	}

	private static final class Shared {

		static final Installation INSTANCE = new Installation();

	}

}
