package dev.whence.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.whence.standalone.StartException;

/**
 * A PostgreSQL server whose data outlive it. What is committed is on disk, as on a server
 * of its own.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	private static final String MAJOR_VERSION = "18";

	/** Each try clears what the one before it found in its way. */
	private static final int TRIES = 3;

	private final FolderLock lock;

	private final PostgresServer server;

	private EmbeddedDatabase(FolderLock lock, PostgresServer server) {
		this.lock = lock;
		this.server = server;
	}

	/**
	 * Starts the server on the data below the folder, creating them the first time. What
	 * a killed process left behind is ended and cleared first: the server itself, single
	 * processes of it, its pid file. Never touches the data.
	 * @throws StartException with a sentence for the user
	 */
	public static EmbeddedDatabase start(Path folder) {
		Path data = folder.resolve("postgresql");
		Path log = folder.resolve("postgresql.log");
		try {
			Files.createDirectories(folder);
			PostgresTools tools = new PostgresTools(PostgresBinaries.unpackedIn(folder.resolve("runtime")), log);
			boolean empty = isEmpty(data);
			if (!empty) {
				requireUsable(data);
			}
			FolderLock lock = FolderLock.of(folder);
			try {
				if (empty) {
					tools.createData(data);
				}
				return new EmbeddedDatabase(lock, start(tools, data));
			}
			catch (IOException | RuntimeException ex) {
				lock.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new StartException("The data folder " + folder + " cannot be used: " + ex.getMessage(), ex);
		}
	}

	public String jdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:" + this.server.port() + "/postgres";
	}

	public String user() {
		return PostgresTools.USER;
	}

	@Override
	public void close() throws IOException {
		this.server.stop();
		this.lock.close();
	}

	private static PostgresServer start(PostgresTools tools, Path data) throws IOException {
		for (int tried = 1;; tried++) {
			LeftoverServer.clear(data);
			try {
				return PostgresServer.start(tools, data);
			}
			catch (FailedStartException ex) {
				if (tried == TRIES || !ex.isPassing()) {
					throw new StartException(ex.sentence(), ex);
				}
			}
		}
	}

	private static boolean isEmpty(Path data) throws IOException {
		if (!Files.exists(data)) {
			return true;
		}
		try (var files = Files.list(data)) {
			return files.findAny().isEmpty();
		}
	}

	private static void requireUsable(Path data) throws IOException {
		Path version = data.resolve("PG_VERSION");
		if (!Files.isRegularFile(version)) {
			throw new StartException("The data folder " + data + " is damaged: it holds files, but no PostgreSQL data. "
					+ "Move it away to begin with an empty one.", null);
		}
		String found = Files.readString(version).strip();
		if (!found.equals(MAJOR_VERSION)) {
			throw new StartException(
					"The data folder " + data + " was written by PostgreSQL " + found + ", this version of Whence has "
							+ MAJOR_VERSION
							+ ". Start the version of Whence that wrote it, or choose another folder with --data.",
					null);
		}
	}

}
