package dev.whence.e2e.platform;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

	private final TestDatabase database = PostgresServer.shared().newDatabase();

	private final RedisServer redis = RedisServer.start();

	private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);

	private Whence() {
		long begun = System.nanoTime();
		Service[] services = Service.values();
		List<Integer> ports = Ports.free(services.length);
		Map<String, String> environment = environment(ports);
		for (Service service : services) {
			Map<String, String> own = new TreeMap<>(environment);
			own.put("API_PORT", String.valueOf(ports.get(service.ordinal())));
			this.processes.put(service, new ServiceProcess(service, ports.get(service.ordinal()), own));
		}
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

	/** For looking behind the API where a journey must prove what is stored. */
	public TestDatabase database() {
		return this.database;
	}

	public RedisServer redis() {
		return this.redis;
	}

	private Map<String, String> environment(List<Integer> ports) {
		Map<String, String> environment = new TreeMap<>();
		environment.put("API_HOST", "127.0.0.1");
		environment.put("DATABASE_URL",
				this.database.jdbcUrl()
					.replace("jdbc:postgresql://",
							"postgresql://" + this.database.username() + ":" + this.database.password() + "@"));
		environment.put("DATABASE_POOL_SIZE", "8");
		environment.put("KAFKA_BOOTSTRAP_SERVERS", KafkaServer.shared().bootstrapServers());
		environment.put("REDIS_URL", this.redis.url());
		environment.put("WHENCE_BOOTSTRAP_KEY", KEY);
		// The OTLP paths of the gateway's own port are enough here.
		environment.put("WHENCE_OTLP_PORT", "0");
		environment.put("WHENCE_OTLP_GRPC_PORT", "0");
		for (Service service : Service.values()) {
			environment.put(service.urlVariable(), "http://127.0.0.1:" + ports.get(service.ordinal()));
		}
		return environment;
	}

	private static final class Shared {

		static final Whence INSTANCE = new Whence();

	}

}
