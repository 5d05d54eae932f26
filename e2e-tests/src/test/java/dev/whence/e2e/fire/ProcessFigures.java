package dev.whence.e2e.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of a process; zeros on other systems.
 *
 * @param threads of the operating system
 * @param residentMegabytes memory that it really occupies
 */
record ProcessFigures(int threads, int residentMegabytes) {

	static ProcessFigures of(long pid) throws IOException {
		Path status = Path.of("/proc", String.valueOf(pid), "status");
		if (!Files.exists(status)) {
			return new ProcessFigures(0, 0);
		}
		int threads = 0;
		int kilobytes = 0;
		for (String line : Files.readAllLines(status)) {
			if (line.startsWith("Threads:")) {
				threads = number(line);
			}
			else if (line.startsWith("VmRSS:")) {
				kilobytes = number(line);
			}
		}
		return new ProcessFigures(threads, kilobytes / 1024);
	}

	/** The larger of both in each respect. */
	ProcessFigures max(ProcessFigures other) {
		return new ProcessFigures(Math.max(this.threads, other.threads),
				Math.max(this.residentMegabytes, other.residentMegabytes));
	}

	private static int number(String line) {
		return Integer.parseInt(line.replaceAll("\\D", ""));
	}

}
