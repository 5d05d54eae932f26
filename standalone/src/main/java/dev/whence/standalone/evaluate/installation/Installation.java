package dev.whence.standalone.evaluate.installation;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.whence.standalone.StartException;
import dev.whence.standalone.Whence;
import org.jspecify.annotations.Nullable;

/**
 * A standalone that nobody else uses, on a free port, with its data in a temporary
 * folder. It asks for credentials, so that each replay can have a project of its own.
 * Closing it stops the process and deletes the folder.
 */
public final class Installation implements AutoCloseable {

	private static final Duration START = Duration.ofMinutes(5);

	private static final Duration STOP = Duration.ofSeconds(60);

	private final Process process;

	private final Path data;

	private final String bootstrapKey;

	private final Thread atExit = Thread.ofPlatform().unstarted(this::end);

	private @Nullable ProjectClient administrator;

	private Installation(Process process, Path data, String bootstrapKey) {
		this.process = process;
		this.data = data;
		this.bootstrapKey = bootstrapKey;
	}

	/**
	 * Starts it and returns when it takes requests.
	 * @param properties configuration properties that differ from their defaults
	 * @throws StartException when it does not come up
	 */
	public static Installation start(Map<String, String> properties) {
		try {
			Path data = Files.createTempDirectory("whence-evaluate-");
			String key = "evaluate-" + UUID.randomUUID();
			Installation installation = new Installation(launch(data, key, properties), data, key);
			Runtime.getRuntime().addShutdownHook(installation.atExit);
			installation.awaitStart();
			return installation;
		}
		catch (IOException ex) {
			throw new StartException("The evaluation's standalone cannot be started: " + ex.getMessage() + ".", ex);
		}
	}

	/** A new project, with a client that may do everything in it. */
	public ProjectClient project(String name) {
		int id = Objects.requireNonNull(this.administrator)
			.post("/api/projects", Map.of("name", name))
			.path("id")
			.asInt();
		String key = this.administrator
			.post("/api/projects/" + id + "/keys",
					Map.of("name", "evaluation", "scopes", List.of("ingest", "read", "admin")))
			.path("key")
			.asString();
		return new ProjectClient(this.administrator.url(), key);
	}

	@Override
	public void close() {
		end();
		Runtime.getRuntime().removeShutdownHook(this.atExit);
	}

	private static Process launch(Path data, String key, Map<String, String> properties) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-Xmx" + System.getenv().getOrDefault("WHENCE_HEAP", "1g"), "-XX:+UseCompactObjectHeaders",
						"-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED",
						"--sun-misc-unsafe-memory-access=allow"));
		properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(program(System.getProperty("java.class.path")));
		command.addAll(List.of("up", "--port=" + freePort(), "--otlp-port=0", "--otlp-grpc-port=0", "--data=" + data));
		File log = data.resolve("whence.log").toFile();
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.to(log));
		builder.environment().put("API_HOST", "127.0.0.1");
		builder.environment().put("WHENCE_SECURITY_MODE", "required");
		builder.environment().put("WHENCE_BOOTSTRAP_KEY", key);
		return builder.start();
	}

	/** How this very program was started: as one archive, or as classes in folders. */
	private static List<String> program(String classPath) {
		boolean packaged = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
		return packaged ? List.of("-jar", classPath) : List.of("-cp", classPath, Whence.class.getName());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitStart() throws IOException {
		Path address = this.data.resolve("address");
		long deadline = System.nanoTime() + START.toNanos();
		while (!Files.exists(address) || Files.size(address) == 0) {
			if (!this.process.isAlive() || System.nanoTime() > deadline) {
				List<String> log = Files.readAllLines(this.data.resolve("whence.log"));
				close();
				throw new StartException("The evaluation's standalone did not start; the end of its log:\n"
						+ String.join("\n", log.subList(Math.max(0, log.size() - 5), log.size())), null);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		}
		this.administrator = new ProjectClient(Files.readString(address).replace("localhost", "127.0.0.1"),
				this.bootstrapKey);
	}

	private synchronized void end() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
			delete(this.data);
		}
		catch (IOException ex) {
			System.err.println("The temporary folder " + this.data + " could not be deleted: " + ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
				Files.delete(visited);
				return FileVisitResult.CONTINUE;
			}

		});
	}

}
