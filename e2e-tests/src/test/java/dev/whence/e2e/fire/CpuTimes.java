package dev.whence.e2e.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** CPU time of processes, as Linux counts it. */
final class CpuTimes {

	/** Of the clock in /proc, on every machine that Java runs on. */
	private static final double TICKS = 100;

	private CpuTimes() {
	}

	/** Seconds that the processes, and children that have ended, were busy so far. */
	static double seconds(Collection<Long> pids) throws IOException {
		long ticks = 0;
		for (long pid : pids) {
			Path stat = Path.of("/proc", String.valueOf(pid), "stat");
			if (Files.exists(stat)) {
				String[] fields = Files.readString(stat).replaceFirst("^.*\\) ", "").split(" ");
				// utime, stime, cutime, cstime
				for (int n = 11; n <= 14; n++) {
					ticks += Long.parseLong(fields[n]);
				}
			}
		}
		return ticks / TICKS;
	}

}
