package dev.whence.e2e.hostile;

import java.util.List;

/** What is attacked, and what can be seen of it besides its answers. */
interface Site {

	int port();

	/** Where it speaks HTTP/2. */
	int grpcPort();

	/** A credential with every right. */
	String key();

	/**
	 * The credential of whom the list calls so.
	 * @param auth {@code user} or {@code other_tenant}
	 */
	String credential(String auth);

	/** The id of the key that signs tokens. */
	String keyId();

	/** A token from before its owner chose another password. */
	String staleToken();

	/** Whether the one whose password is guessed still gets in from where they were. */
	boolean victimSignsIn();

	/** Whether the user may more than before. */
	boolean userGainedSomething();

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
