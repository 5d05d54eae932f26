package dev.whence.standalone.demo;

import java.io.Console;
import java.io.PrintStream;

/**
 * A line that tells how far something is. On a terminal it is written over; in a file
 * there is a line for each step that matters.
 */
record Progress(PrintStream out, boolean overwrites) {

	/** Overwrites only what a person watches. */
	static Progress on(PrintStream out) {
		Console console = System.console();
		return new Progress(out, console != null && console.isTerminal());
	}

	/**
	 * Tells a step.
	 * @param matters whether it is worth a line of its own where nothing can be written
	 * over
	 */
	void step(String line, boolean matters) {
		if (this.overwrites) {
			this.out.print("\r" + line);
			this.out.flush();
		}
		else if (matters) {
			this.out.println(line);
		}
	}

	/** What is told from here on stands below. */
	void end() {
		if (this.overwrites) {
			this.out.println();
		}
	}

}
