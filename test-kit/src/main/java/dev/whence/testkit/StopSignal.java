package dev.whence.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java's process API does not know, sent to one process at a time. */
public enum StopSignal {

	/** Stops the process where it stands; it keeps its sockets and its memory. */
	STOP,

	/** Lets a stopped process go on. */
	CONT;

	/** Sends it to a process of the same user. */
	public void send(long pid) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + name(), String.valueOf(pid)).start();
			if (kill.waitFor() != 0) {
				throw new IllegalStateException("kill -" + name() + " " + pid + " ended with " + kill.exitValue());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
