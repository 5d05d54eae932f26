package dev.whence.gateway.limit;

import java.net.URI;

import jakarta.validation.constraints.AssertTrue;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Redis is.
 *
 * @param url {@code redis://} or {@code rediss://} (TLS), with
 * {@code user:password@host:port/database} as far as needed
 */
@Validated
@ConfigurationProperties("whence.redis")
record RedisProperties(@DefaultValue("redis://localhost:6379/0") URI url) {

	private static final int DEFAULT_PORT = 6379;

	@AssertTrue(message = "has to look like redis://user:password@host:port/0 or rediss://host")
	boolean isUrl() {
		return ("redis".equals(this.url.getScheme()) || "rediss".equals(this.url.getScheme()))
				&& this.url.getHost() != null && this.url.getPath().matches("/?\\d{0,3}");
	}

	RedissonClient client(SharedLimitProperties shared) {
		int timeout = (int) shared.timeout().toMillis();
		Config config = new Config();
		// Redis may be away when the gateway starts.
		config.setLazyInitialization(true);
		config.setThreads(1);
		config.setNettyThreads(1);
		config.setUsername(credential(0));
		config.setPassword(credential(1));
		config.useSingleServer()
			.setAddress(this.url.getScheme() + "://" + this.url.getHost() + ":"
					+ ((this.url.getPort() > 0) ? this.url.getPort() : DEFAULT_PORT))
			.setDatabase(database())
			.setClientName("whence-gateway")
			.setConnectionMinimumIdleSize(1)
			.setConnectionPoolSize(4)
			.setSubscriptionConnectionMinimumIdleSize(0)
			.setSubscriptionConnectionPoolSize(1)
			.setConnectTimeout(timeout)
			.setTimeout(timeout)
			// Nobody waits for a second attempt.
			.setRetryAttempts(0)
			.setRetryDelay(new ConstantDelay(shared.timeout()));
		return Redisson.create(config);
	}

	private int database() {
		String digits = this.url.getPath().replace("/", "");
		return digits.isEmpty() ? 0 : Integer.parseInt(digits);
	}

	private @Nullable String credential(int part) {
		String userInfo = this.url.getUserInfo();
		String[] parts = (userInfo != null) ? userInfo.split(":", 2) : new String[0];
		return (parts.length == 2 && !parts[part].isEmpty()) ? parts[part] : null;
	}

}
