package dev.whence.testkit.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.whence.testkit.LastingPort;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/**
 * Runs the Redis binary of a Maven artifact. Not through the library's own server class,
 * which hides the process that {@link #pause()} has to stop.
 */
final class EmbeddedRedis implements RedisServer {

	private final int port = LastingPort.free();

	private final File binary;

	private Process process;

	EmbeddedRedis() {
		try {
			this.binary = ExecutableProvider.newJarResourceProvider().get();
			this.process = launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the embedded Redis did not start", ex);
		}
		Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::kill));
	}

	@Override
	public String url() {
		return "redis://127.0.0.1:" + this.port;
	}

	@Override
	public void pause() {
		signal("-STOP");
	}

	@Override
	public void resume() {
		signal("-CONT");
	}

	@Override
	public void kill() {
		this.process.destroyForcibly();
		this.process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Override
	public void restart() {
		try {
			this.process = launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the embedded Redis did not start again", ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

	private Process launch() throws IOException {
		Process started = new ProcessBuilder(this.binary.getPath(), "--port", String.valueOf(this.port), "--bind",
				"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", this.binary.getParent())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		Awaitility.await("Redis on port " + this.port)
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> started.isAlive() && accepts());
		return started;
	}

	private boolean accepts() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 200);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void signal(String signal) {
		try {
			int exit = new ProcessBuilder(List.of("kill", signal, String.valueOf(this.process.pid()))).start()
				.waitFor();
			if (exit != 0) {
				throw new IllegalStateException("kill " + signal + " ended with " + exit);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
