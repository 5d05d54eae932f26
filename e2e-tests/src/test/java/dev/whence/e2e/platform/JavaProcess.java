package dev.whence.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.whence.testkit.TestSession;

/**
 * A Java program in a process of its own, run by the JVM that runs the tests. Its output
 * goes to {@code target/e2e-logs}; a restart appends.
 */
public class JavaProcess implements AutoCloseable {

	private final String name;

	private final List<String> arguments;

	private final Map<String, String> environment;

	private Process process;

	/**
	 * Starts the program.
	 * @param arguments what follows {@code java}
	 * @param environment all that the program sees: nothing is inherited but the path
	 */
	public JavaProcess(String name, List<String> arguments, Map<String, String> environment) {
		this.name = name;
		this.arguments = List.copyOf(arguments);
		this.environment = Map.copyOf(environment);
		this.process = launch();
		TestSession.atEnd(this::kill);
		Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::kill));
	}

	public long pid() {
		return this.process.pid();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** As {@code kill -9}: the program gets no chance to do anything. */
	public void kill() {
		this.process.destroyForcibly();
		this.process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

	/** As {@code kill}: the program may finish what it does. */
	public void stop() {
		this.process.destroy();
		this.process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
	}

	/** Starts the program again with the same arguments and environment. */
	public void restart() {
		if (isAlive()) {
			throw new IllegalStateException(this.name + " still runs");
		}
		this.process = launch();
	}

	/** The file that holds the program's output. */
	public Path log() {
		return Repository.logs().resolve(this.name + ".log");
	}

	/** The last lines of the output, for messages. */
	public String logTail() {
		try {
			List<String> lines = Files.readAllLines(log());
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
		}
		catch (IOException ex) {
			return "(" + log() + " cannot be read)";
		}
	}

	@Override
	public void close() {
		kill();
	}

	private Process launch() {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(this.arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		String path = builder.environment().getOrDefault("PATH", "");
		builder.environment().clear();
		builder.environment().put("PATH", path);
		builder.environment().putAll(this.environment);
		try {
			Files.createDirectories(Repository.logs());
			return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(this.name + " could not be started", ex);
		}
	}

}
