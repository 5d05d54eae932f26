package dev.whence.e2e.platform;

import java.util.Map;
import java.util.TreeMap;

import dev.whence.testkit.postgres.TestDatabase;

/**
 * The environment variables of the services of one installation, as operators set them.
 *
 * @param kafka host:port
 * @param redis a redis:// URL
 * @param ports of the services that are there
 */
public record ServiceEnvironment(TestDatabase database, String kafka, String redis, Map<Service, Integer> ports) {

	/** 32 bytes in Base64. */
	private static final String SECRET_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	/** All that this service sees. */
	public Map<String, String> of(Service service) {
		Map<String, String> environment = new TreeMap<>();
		environment.put("API_HOST", "127.0.0.1");
		environment.put("API_PORT", String.valueOf(this.ports.get(service)));
		environment.put("DATABASE_URL",
				this.database.jdbcUrl()
					.replace("jdbc:postgresql://",
							"postgresql://" + this.database.username() + ":" + this.database.password() + "@"));
		environment.put("DATABASE_POOL_SIZE", "8");
		environment.put("KAFKA_BOOTSTRAP_SERVERS", this.kafka);
		environment.put("REDIS_URL", this.redis);
		environment.put("WHENCE_BOOTSTRAP_KEY", Whence.KEY);
		environment.put("WHENCE_SECRET_KEY", SECRET_KEY);
		environment.put("GITHUB_WEBHOOK_SECRET", Whence.WEBHOOK_SECRET);
		environment.put("WHENCE_NOTIFICATION_SECRET_KEY", SECRET_KEY);
		// As in the chart.
		environment.put("WHENCE_DRAIN_TIME", System.getProperty("whence.fire.drain", "5s"));
		// The OTLP paths of the gateway's own port are enough here.
		environment.put("WHENCE_OTLP_PORT", "0");
		environment.put("WHENCE_OTLP_GRPC_PORT", "0");
		this.ports.forEach((other, port) -> environment.put(other.urlVariable(), "http://127.0.0.1:" + port));
		return environment;
	}

}
