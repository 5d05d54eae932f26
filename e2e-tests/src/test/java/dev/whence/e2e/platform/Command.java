package dev.whence.e2e.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
public final class Command {

	private Command() {
	}

	/**
	 * Runs it for at most ten minutes.
	 * @param folder where its output is kept
	 */
	public static Outcome run(ProcessBuilder builder, Path folder) throws IOException, InterruptedException {
		Path output = Files.createTempFile(folder, "output", ".txt");
		Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		if (!process.waitFor(10, TimeUnit.MINUTES)) {
			process.destroyForcibly();
		}
		return new Outcome(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
	}

	/**
	 * What came of it.
	 *
	 * @param output all that it printed, errors included
	 */
	public record Outcome(int status, String output) {
	}

}
