package dev.whence.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;

import com.github.dockerjava.api.DockerClient;
import dev.whence.testkit.ServerSource;
import dev.whence.testkit.TestSession;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Runs Redis in a container on a host port that survives its death. */
final class ContainerRedis implements RedisServer {

	private static final int REDIS_PORT = 6379;

	private final GenericContainer<?> container;

	private final int port = freePort();

	@SuppressWarnings("resource") // closed by close()
	ContainerRedis() {
		this.container = new GenericContainer<>(DockerImageName.parse(ServerSource.image("redis", "redis:7.4-alpine")))
			.withExposedPorts(REDIS_PORT);
		this.container.setPortBindings(List.of(this.port + ":" + REDIS_PORT));
		this.container.start();
		TestSession.atEnd(this.container::stop);
	}

	@Override
	public String url() {
		return "redis://" + this.container.getHost() + ":" + this.port;
	}

	@Override
	public void pause() {
		docker().pauseContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void resume() {
		docker().unpauseContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void kill() {
		docker().killContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void restart() {
		docker().startContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void close() {
		this.container.close();
	}

	private DockerClient docker() {
		return this.container.getDockerClient();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
