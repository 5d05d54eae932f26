package dev.whence.xray;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs in a process of their own that knows the client and nothing else. */
final class ChildJvm {

	private ChildJvm() {
	}

	/** Where the classes of the client are. */
	static String client() {
		return location(Run.class);
	}

	static String location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Ended java(String endpoint, List<String> classPath, String... mainAndArguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-XX:TieredStopAtLevel=1", "-cp", String.join(File.pathSeparator, classPath)));
		command.addAll(List.of(mainAndArguments));
		return run(endpoint, command);
	}

	static Ended run(String endpoint, List<String> command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("WHENCE_ENDPOINT", endpoint);
		builder.environment().remove("WHENCE_API_KEY");
		Process process = builder.start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(1, TimeUnit.MINUTES)) {
				throw new IllegalStateException("does not end: " + output);
			}
			return new Ended(process.exitValue(), output);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** How the process ended. */
	record Ended(int status, String output) {
	}

}
