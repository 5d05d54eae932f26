package dev.whence.e2e.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The launcher {@code ./whence} as a person runs it, with a data folder and a port of its
 * own.
 *
 * @param folder where the data and what it prints are kept
 * @param environment what it is told beside its arguments
 */
public record Launcher(Path folder, int port, Map<String, String> environment) {

	public Launcher(Path folder) {
		this(folder, Ports.free(1).getFirst(), Map.of());
	}

	/** The same, asking for a credential in each request. */
	public Launcher asking() {
		return new Launcher(this.folder, this.port, Map.of("WHENCE_SECURITY_MODE", "required"));
	}

	public Path data() {
		return this.folder.resolve("data");
	}

	/** Where the console and the API are once it is up. */
	public String address() {
		return "http://localhost:" + this.port;
	}

	/** Runs one command to its end, for at most ten minutes. */
	public Command.Outcome run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(Repository.root().resolve("whence").toString()));
		command.addAll(List.of(arguments));
		if (!arguments[0].equals("instrument")) {
			command.addAll(List.of("--data", data().toString(), "--port", "" + this.port, "--otlp-port", "0",
					"--otlp-grpc-port", "0"));
		}
		ProcessBuilder launcher = new ProcessBuilder(command);
		// Recording what a start needs would take the processors that tests need.
		launcher.environment().put("WHENCE_AOT", "off");
		// The second compiler costs more than all else of a start, and pays after
		// minutes.
		launcher.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
		launcher.environment().putAll(this.environment);
		return Command.run(launcher, this.folder);
	}

}
