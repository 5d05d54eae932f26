package dev.whence.benchmarks.ingest.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service that runs from its executable jar, in a process of its own. */
public final class ServiceProcess implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofMinutes(4);

	private final String module;

	private final int port;

	private final Path log;

	private final Process process;

	private ServiceProcess(String module, int port, Path log, Process process) {
		this.module = module;
		this.port = port;
		this.log = log;
		this.process = process;
	}

	/**
	 * Starts the service and returns when it takes requests.
	 * @param jvm options of the JVM
	 * @param environment all that the service sees, its port aside
	 * @param logs folder for its output
	 */
	public static ServiceProcess start(Path root, String module, List<String> jvm, Map<String, String> environment,
			Path logs) {
		return start(module, jar(root, module), jvm, environment, logs);
	}

	/**
	 * Starts a service from a jar of its own.
	 * @param name of its log
	 * @param jar the executable jar
	 */
	public static ServiceProcess start(String name, Path jar, List<String> jvm, Map<String, String> environment,
			Path logs) {
		int port = freePort();
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvm);
		command.addAll(List.of("-jar", jar.toString()));
		Path log = logs.resolve(name + ".log");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().keySet().retainAll(List.of("PATH"));
		builder.environment().putAll(environment);
		builder.environment().putAll(Map.of("API_HOST", "127.0.0.1", "API_PORT", String.valueOf(port)));
		try {
			Files.createDirectories(logs);
			ServiceProcess started = new ServiceProcess(name, port, log,
					builder.redirectOutput(ProcessBuilder.Redirect.to(log.toFile())).start());
			Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started::kill));
			started.awaitReady();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(name + " could not be started", ex);
		}
	}

	public InetSocketAddress address() {
		return new InetSocketAddress("127.0.0.1", this.port);
	}

	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	public long pid() {
		return this.process.pid();
	}

	public long cpuMicros() {
		return ProcessTimes.micros(pid());
	}

	/** The most memory it ever held, in bytes. */
	public long peakMemory() {
		return ProcessTimes.memory(pid(), "VmHWM");
	}

	/** The memory it holds now that no file backs, in bytes. */
	public long anonymousMemory() {
		return ProcessTimes.memory(pid(), "RssAnon");
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			kill();
		}
	}

	private void kill() {
		this.process.destroyForcibly();
	}

	private void awaitReady() throws IOException {
		long deadline = System.nanoTime() + START_LIMIT.toNanos();
		try (HttpClient probe = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/readiness"))
				.timeout(Duration.ofSeconds(5))
				.build();
			while (System.nanoTime() < deadline) {
				if (!this.process.isAlive()) {
					break;
				}
				try {
					if (probe.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
						return;
					}
				}
				catch (IOException ex) {
					// Not listening yet.
				}
				Thread.sleep(200);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		kill();
		throw new IllegalStateException(this.module + " did not become ready; " + this.log + " says why");
	}

	private static Path jar(Path root, String module) {
		try (var files = Files.newDirectoryStream(root.resolve(module).resolve("target"), module + "-*-app.jar")) {
			return files.iterator().next();
		}
		catch (IOException | java.util.NoSuchElementException ex) {
			throw new IllegalStateException(module + " has no executable jar: build it first", ex);
		}
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
