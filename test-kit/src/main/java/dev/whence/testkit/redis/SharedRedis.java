package dev.whence.testkit.redis;

/** Starts the shared server when it is first asked for. */
final class SharedRedis {

	static final RedisServer SERVER = RedisServer.start();

	private SharedRedis() {
	}

}
