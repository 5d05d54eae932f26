package dev.whence.benchmarks.ingest.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The standalone, started and stopped by its launcher, on an empty data folder. */
public final class StandaloneProcess implements AutoCloseable {

	private final Path root;

	private final Path data;

	private final int port;

	private StandaloneProcess(Path root, Path data, int port) {
		this.root = root;
		this.data = data;
		this.port = port;
	}

	/**
	 * Returns when the launcher says that it is ready.
	 * @param data the data folder
	 */
	public static StandaloneProcess start(Path root, Path data) {
		StandaloneProcess started = new StandaloneProcess(root, data, ServiceProcess.freePort());
		Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started::close));
		long begun = System.nanoTime();
		started.launch("up", "--detach", "--port=" + started.port, "--otlp-port=0", "--otlp-grpc-port=0");
		System.out.printf("the standalone was ready after %.1f s and %.1f s of CPU%n",
				Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1e3, started.cpuMicros() / 1e6);
		return started;
	}

	public InetSocketAddress address() {
		return new InetSocketAddress("127.0.0.1", this.port);
	}

	/** CPU of the JVM. */
	public long cpuMicros() {
		return ProcessTimes.micros(number("whence.pid"));
	}

	/** CPU of all processes of its PostgreSQL. */
	public long databaseCpuMicros() {
		return ProcessTimes.microsWithChildren(number("postgresql/postmaster.pid"));
	}

	@Override
	public void close() {
		launch("down");
	}

	private long number(String file) {
		try (var lines = Files.lines(this.data.resolve(file))) {
			return Long.parseLong(lines.findFirst().orElseThrow().strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void launch(String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.root.resolve("whence").toString()));
		command.addAll(List.of(arguments));
		command.add("--data=" + this.data);
		try {
			Process process = new ProcessBuilder(command).inheritIO()
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (process.waitFor() != 0) {
				throw new IllegalStateException("the launcher failed");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
