package dev.whence.testkit;

/**
 * Where test servers come from. Embedded servers need nothing but Maven artifacts;
 * containers need an engine and are chosen with {@code -Pcontainers}.
 */
public enum ServerSource {

	EMBEDDED, CONTAINERS;

	/** The system property that chooses {@link #CONTAINERS} when it is {@code true}. */
	public static final String PROPERTY = "whence.test.containers";

	/** What this JVM uses; fixed by a system property, never by what is installed. */
	public static ServerSource current() {
		return Boolean.getBoolean(PROPERTY) ? CONTAINERS : EMBEDDED;
	}

	/**
	 * The image to run, so that an installation without a public registry can name its
	 * own.
	 * @param server e.g. {@code postgres}, looked up as
	 * {@code whence.test.postgres-image}
	 */
	public static String image(String server, String defaultImage) {
		String configured = System.getProperty("whence.test." + server + "-image", "");
		return configured.isBlank() ? defaultImage : configured;
	}

}
