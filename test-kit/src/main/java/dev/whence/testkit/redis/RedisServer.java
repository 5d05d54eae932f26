package dev.whence.testkit.redis;

import dev.whence.testkit.ServerSource;

/**
 * A Redis server that tests may pause, kill and start again on the same port. The shared
 * one starts with its first use and is left alone.
 */
public sealed interface RedisServer extends AutoCloseable permits EmbeddedRedis, ContainerRedis {

	/** The one server of this JVM; not to be paused, killed or closed. */
	static RedisServer shared() {
		return SharedRedis.SERVER;
	}

	/** A server for one test, which closes it. */
	static RedisServer start() {
		return switch (ServerSource.current()) {
			case EMBEDDED -> new EmbeddedRedis();
			case CONTAINERS -> new ContainerRedis();
		};
	}

	/** {@code redis://host:port}. */
	String url();

	/** Makes the server hang: connections stay open and nothing answers. */
	void pause();

	/** Ends {@link #pause()}. */
	void resume();

	/** Ends the server at once, as {@code kill -9} does; its keys are gone. */
	void kill();

	/** Starts the killed server again, empty, at the same {@link #url()}. */
	void restart();

	@Override
	void close();

}
