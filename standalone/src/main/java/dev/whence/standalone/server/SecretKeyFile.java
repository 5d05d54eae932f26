package dev.whence.standalone.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

import dev.whence.standalone.StartException;

/**
 * The key that seals the secrets of notification channels and the keys that sign tokens,
 * in the data folder beside the database that it opens: made at the first start, readable
 * by its owner alone. Whoever copies the database without it cannot read them.
 */
record SecretKeyFile(Path path) {

	private static final int BYTES = 32;

	static SecretKeyFile in(Path data) {
		return new SecretKeyFile(data.resolve("notification.key"));
	}

	/** The key in Base64. */
	String read() {
		try {
			create();
			return Files.readString(this.path).strip();
		}
		catch (IOException ex) {
			throw new StartException("The key " + this.path + " cannot be read.", ex);
		}
	}

	private void create() throws IOException {
		if (Files.exists(this.path)) {
			return;
		}
		byte[] key = new byte[BYTES];
		new SecureRandom().nextBytes(key);
		Path draft = Files.createTempFile(this.path.toAbsolutePath().getParent(), "notification", ".key", ownerOnly());
		Files.writeString(draft, Base64.getEncoder().encodeToString(key));
		try {
			// Whole or not at all: a key that was cut short would seal nothing.
			Files.createLink(this.path, draft);
		}
		catch (FileAlreadyExistsException | UnsupportedOperationException _) {
			if (!Files.exists(this.path)) {
				Files.move(draft, this.path);
			}
		}
		Files.deleteIfExists(draft);
	}

	private FileAttribute<?>[] ownerOnly() {
		boolean posix = this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

}
