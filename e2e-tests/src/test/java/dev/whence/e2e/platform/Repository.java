package dev.whence.e2e.platform;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/** Where things lie on disk. */
public final class Repository {

	private Repository() {
	}

	/** The folder with the parent {@code pom.xml}; tests run in a module below it. */
	public static Path root() {
		return Path.of("").toAbsolutePath().getParent();
	}

	/** Where logs of the processes are kept. */
	static Path logs() {
		return Path.of("target/e2e-logs").toAbsolutePath();
	}

	/** Where the services' jars are unpacked to. */
	static Path unpacked() {
		return Path.of("target/services").toAbsolutePath();
	}

	/**
	 * A file of the public data beside the repository. Skips the test where the data is
	 * absent.
	 */
	public static Path shared(String path) {
		String configured = System.getProperty("whence.test.shared", "");
		Path shared = configured.isBlank() ? root().resolveSibling("shared") : Path.of(configured);
		Path file = shared.resolve(path);
		Assumptions.assumeTrue(Files.exists(file), () -> file + " is absent: this test needs public data that is "
				+ "not part of the repository (-Dwhence.test.shared=<folder>)");
		return file;
	}

}
