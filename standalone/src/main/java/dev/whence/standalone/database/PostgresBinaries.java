package dev.whence.standalone.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import dev.whence.standalone.StartException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, packed in the jar and unpacked once for each version. */
final class PostgresBinaries {

	private static final String COMPLETE = ".exists";

	private PostgresBinaries() {
	}

	/** The folder with the programs of this system, which is made if it is not there. */
	static Path unpackedIn(Path runtime) throws IOException {
		byte[] archive;
		try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine())) {
			archive = packed.readAllBytes();
		}
		Path home = runtime.resolve("PG-" + digest(archive));
		if (Files.exists(home.resolve(COMPLETE))) {
			return home;
		}
		Files.createDirectories(home);
		unpack(archive, home);
		Files.writeString(home.resolve(COMPLETE), "");
		return home;
	}

	private static void unpack(byte[] archive, Path home) throws IOException {
		try (TarArchiveInputStream files = new TarArchiveInputStream(
				new XZInputStream(new ByteArrayInputStream(archive)))) {
			for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
				Path target = home.resolve(entry.getName()).normalize();
				// A folder that was half unpacked by a killed process is filled anew.
				if (!entry.isDirectory()) {
					Files.createDirectories(target.resolveSibling(""));
					Files.deleteIfExists(target);
				}
				if (entry.isDirectory()) {
					Files.createDirectories(target);
				}
				else if (entry.isSymbolicLink() || entry.isLink()) {
					Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
				}
				else {
					Files.copy(files, target);
					if (target.startsWith(home.resolve("bin")) && !target.toFile().setExecutable(true)) {
						throw new IOException("PostgreSQL's programs cannot be made executable in " + home);
					}
				}
			}
		}
	}

	private static String system() {
		String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		if (name.startsWith("linux")) {
			return "Linux";
		}
		if (name.startsWith("mac")) {
			return "Darwin";
		}
		throw new StartException("The standalone has no PostgreSQL for " + System.getProperty("os.name")
				+ "; docker compose starts Whence there.", null);
	}

	private static String machine() {
		String machine = System.getProperty("os.arch");
		return "amd64".equals(machine) ? "x86_64" : machine;
	}

	private static String digest(byte[] archive) {
		try {
			// A name, no guard: folders of earlier releases are found by it.
			return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(archive));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
