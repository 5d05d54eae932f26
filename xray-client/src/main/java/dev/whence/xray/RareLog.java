package dev.whence.xray;

import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Warns at most once in a while; what is not written is counted. For one thread, never an
 * application's.
 */
final class RareLog {

	private static final System.Logger log = System.getLogger("dev.whence.xray");

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private long lastNanos = System.nanoTime() - PAUSE.toNanos();

	private long silenced;

	void warn(String message) {
		long now = System.nanoTime();
		if (now - this.lastNanos < PAUSE.toNanos()) {
			this.silenced++;
			return;
		}
		String more = (this.silenced > 0) ? " (and " + this.silenced + " more warnings)" : "";
		this.lastNanos = now;
		this.silenced = 0;
		try {
			log.log(Level.WARNING, message.replaceAll("\\p{Cntrl}", " ") + more);
		}
		catch (RuntimeException ex) {
			// The application's logging is broken; deliveries go on.
		}
	}

}
