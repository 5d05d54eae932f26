package dev.whence.e2e.hostile;

import java.util.List;

/** What is attacked, and what can be seen of it besides its answers. */
interface Site {

	int port();

	/** Where it speaks HTTP/2. */
	int grpcPort();

	/** A credential with every right. */
	String key();

	/** Signals that are stored, whoever sent them. */
	long rows();

	/** How often the signal of this id is stored. */
	long copies(String signalId);

	/** Characters that the attributes of this signal take in the store; 0 without it. */
	long storedCharacters(String signalId);

	/**
	 * What is wrong with the site since the last call: a process that ended, a good
	 * signal that cannot be read back, a log that shows what it must not.
	 */
	List<String> complaints();

}
