package dev.whence.e2e.platform;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.whence.testkit.kafka.KafkaServer;
import dev.whence.testkit.postgres.PostgresServer;
import dev.whence.testkit.postgres.TestDatabase;
import dev.whence.testkit.redis.RedisServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The distributed topology: six processes on PostgreSQL, Kafka and Redis, configured by
 * the environment variables that operators use and reached through the gateway. One per
 * JVM, started with its first use; tests tell their data apart by service and trace.
 */
public final class Whence {

	private static final Logger logger = LoggerFactory.getLogger(Whence.class);

	/** The administrator key of this installation. */
	public static final String KEY = "e2e-tests-administrator-key-0123456789";

	/** What GitHub would sign its deliveries with. */
	public static final String WEBHOOK_SECRET = "e2e-tests-webhook-secret-0123456789";

	private final TestDatabase database = PostgresServer.shared().newDatabase();

	private final RedisServer redis = RedisServer.start();

	private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);

	private final int otlpGrpcPort;

	private Whence() {
		long begun = System.nanoTime();
		Service[] services = Service.values();
		List<Integer> free = Ports.free(services.length + 1);
		this.otlpGrpcPort = free.getLast();
		Map<Service, Integer> ports = new EnumMap<>(Service.class);
		for (Service service : services) {
			ports.put(service, free.get(service.ordinal()));
		}
		ServiceEnvironment environment = new ServiceEnvironment(this.database, KafkaServer.shared().bootstrapServers(),
				this.redis.url(), ports);
		ports.forEach((service, port) -> this.processes.put(service,
				new ServiceProcess(service, port, variables(environment, service))));
		this.processes.values().forEach(ServiceProcess::awaitReady);
		logger.info("{} services are ready after {} s", services.length,
				Duration.ofNanos(System.nanoTime() - begun).toSeconds());
	}

	/** The one installation of this JVM, ready to take requests. */
	public static Whence running() {
		return Shared.INSTANCE;
	}

	/** A client of the gateway with the administrator's key. */
	public GatewayClient gateway() {
		return new GatewayClient(process(Service.GATEWAY).url(), KEY);
	}

	public ServiceProcess process(Service service) {
		return this.processes.get(service);
	}

	/**
	 * Where the gateway takes OTLP over gRPC, in plain text on the loopback interface.
	 */
	public int otlpGrpcPort() {
		return this.otlpGrpcPort;
	}

	/** For looking behind the API where a journey must prove what is stored. */
	public TestDatabase database() {
		return this.database;
	}

	public RedisServer redis() {
		return this.redis;
	}

	private Map<String, String> variables(ServiceEnvironment environment, Service service) {
		Map<String, String> variables = environment.of(service);
		if (service == Service.GATEWAY) {
			variables.put("WHENCE_OTLP_GRPC_PORT", String.valueOf(this.otlpGrpcPort));
		}
		return variables;
	}

	private static final class Shared {

		static final Whence INSTANCE = new Whence();

	}

}
