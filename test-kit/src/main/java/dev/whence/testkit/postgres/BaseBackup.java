package dev.whence.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * The files of a running server and as much of its log as makes them consistent.
 *
 * @param data the server's folder
 */
record BaseBackup(TestDatabase database, Path data) {

	/** What a server makes anew, or what belongs to the one that runs. */
	private static final Set<String> EMPTIED = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial",
			"pg_snapshots", "pg_stat_tmp", "pg_subtrans");

	private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

	private static final String SLOT = "base_backup";

	void into(Path copy) {
		try (Connection connection = this.database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			// Nothing of the log that the copy will need may be removed meanwhile.
			statement.execute("select pg_create_physical_replication_slot('" + SLOT + "', true)");
			statement.execute("select pg_backup_start('base backup', true)");
			copy(this.data, copy, EMPTIED);
			try (ResultSet stopped = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
				stopped.next();
				Files.writeString(copy.resolve("backup_label"), stopped.getString(1));
			}
			copy(this.data.resolve("pg_wal"), copy.resolve("pg_wal"), Set.of());
			statement.execute("select pg_drop_replication_slot('" + SLOT + "')");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Copies a folder with all that is in it. */
	static void copy(Path from, Path to) throws IOException {
		copy(from, to, Set.of());
	}

	private static void copy(Path from, Path to, Set<String> emptied) throws IOException {
		Files.walkFileTree(from, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
				Path made = to.resolve(from.relativize(folder).toString());
				Files.createDirectories(made);
				// PostgreSQL refuses a folder that others may read.
				Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
				return emptied.contains(from.relativize(folder).toString()) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Path name = from.relativize(file);
				if (!LEFT_OUT.contains(name.toString())) {
					try {
						Files.copy(file, to.resolve(name.toString()), StandardCopyOption.REPLACE_EXISTING);
					}
					catch (NoSuchFileException _) {
						// A table was dropped meanwhile, which the log knows.
					}
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
				if (failure instanceof NoSuchFileException) {
					return FileVisitResult.CONTINUE;
				}
				throw failure;
			}

		});
	}

}
