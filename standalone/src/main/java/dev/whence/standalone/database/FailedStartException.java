package dev.whence.standalone.database;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * PostgreSQL ended while starting.
 */
final class FailedStartException extends Exception {

	/** Another try may succeed once what was left behind is gone. */
	private static final Pattern PASSING = Pattern
		.compile("lock file .* already exists|pre-existing shared memory block|could not bind|"
				+ "could not create any TCP/IP sockets");

	/** What PostgreSQL says about files that no start will mend. */
	private static final Pattern DAMAGE = Pattern
		.compile("could not locate (?:a valid|required) checkpoint record|invalid checkpoint record|"
				+ "incorrect checksum in control file|control file .*(?:corrupt|invalid)|"
				+ "is not a valid data directory|could not find the database system");

	private static final Pattern FATAL = Pattern.compile("(?:FATAL|PANIC|postgres):\\s+(.*)");

	private final transient Path data;

	private final transient Path log;

	private final String said;

	/**
	 * A start that failed.
	 * @param said what the server wrote to its log meanwhile, in English
	 */
	FailedStartException(Path data, Path log, String said) {
		super("PostgreSQL did not start: " + reason(said));
		this.data = data;
		this.log = log;
		this.said = said;
	}

	boolean isPassing() {
		return PASSING.matcher(this.said).find();
	}

	/** For the user: only proven damage makes it suggest to begin anew. */
	String sentence() {
		String what = "PostgreSQL did not start on " + this.data + ": " + reason(this.said) + ". ";
		return what + (DAMAGE.matcher(this.said).find()
				? "These files are damaged: restore them from a backup, or move the folder away to begin with an "
						+ "empty one."
				: "Nothing stored was touched; " + this.log + " has the whole story.");
	}

	private static String reason(String said) {
		List<String> fatal = FATAL.matcher(said).results().map((line) -> line.group(1)).distinct().toList();
		// What PostgreSQL says last follows from what it said first.
		return fatal.isEmpty() ? "it gave no reason" : fatal.getFirst();
	}

}
