package dev.whence.support.redis;

import java.time.Duration;

import org.redisson.config.Config;

/** What every Redisson client is made with. */
public final class RedissonConfig {

	private RedissonConfig() {
	}

	/**
	 * A client that connects when it is first asked, because Redis may be away when the
	 * service starts, and that keeps one connection open. The rest is the caller's to
	 * say.
	 * @param name by which Redis lists the connections
	 * @param timeout how long connecting and one question may take
	 * @param threads of Redisson's own, for each of its two pools
	 */
	public static Config of(RedisProperties redis, String name, Duration timeout, int threads) {
		Config config = new Config();
		config.setLazyInitialization(true);
		config.setThreads(threads);
		config.setNettyThreads(threads);
		config.setUsername(redis.username());
		config.setPassword(redis.password());
		config.useSingleServer()
			.setAddress(redis.address())
			.setDatabase(redis.database())
			.setClientName(name)
			.setConnectionMinimumIdleSize(1)
			.setConnectTimeout((int) timeout.toMillis())
			.setTimeout((int) timeout.toMillis());
		return config;
	}

}
