package dev.whence.benchmarks.ingest.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code /proc}. */
final class ProcessTimes {

	/** Linux tells user space 100 ticks a second on every platform. */
	private static final long MICROS_PER_TICK = 10_000;

	// Positions in /proc/<pid>/stat after the command in brackets, which may hold blanks.
	private static final int PARENT = 1;

	private static final int USER = 11;

	private static final int CHILDREN_SYSTEM = 14;

	private ProcessTimes() {
	}

	/** Microseconds of CPU that the process took, all threads together. */
	static long micros(long pid) {
		return stat(pid).map((fields) -> sum(fields, USER, USER + 1)).orElse(0L);
	}

	/** The same with all its children, those included that have ended. */
	static long microsWithChildren(long pid) {
		long own = stat(pid).map((fields) -> sum(fields, USER, CHILDREN_SYSTEM)).orElse(0L);
		return own + children(pid).stream().mapToLong(ProcessTimes::micros).sum();
	}

	/** A line of {@code /proc/<pid>/status} that counts kibibytes, as bytes. */
	static long memory(long pid, String name) {
		try {
			return Files.readAllLines(Path.of("/proc/" + pid + "/status"))
				.stream()
				.filter((line) -> line.startsWith(name + ":"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst()
				.orElse(0);
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static List<Long> children(long pid) {
		try (var processes = Files.list(Path.of("/proc"))) {
			return processes.map((path) -> path.getFileName().toString())
				.filter((name) -> Character.isDigit(name.charAt(0)))
				.map(Long::parseLong)
				.filter((child) -> stat(child).filter((fields) -> Long.parseLong(fields[PARENT]) == pid).isPresent())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<String[]> stat(long pid) {
		try {
			String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
			return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
		}
		catch (IOException ex) {
			// It ended while it was read.
			return Optional.empty();
		}
	}

	private static long sum(String[] fields, int first, int last) {
		long ticks = 0;
		for (int i = first; i <= last; i++) {
			ticks += Long.parseLong(fields[i]);
		}
		return ticks * MICROS_PER_TICK;
	}

}
