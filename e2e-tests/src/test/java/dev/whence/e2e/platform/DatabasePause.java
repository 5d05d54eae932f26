package dev.whence.e2e.platform;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.whence.testkit.StopSignal;
import dev.whence.testkit.postgres.TestDatabase;

/**
 * Makes the server of a database hang, as far as that database is concerned, until it is
 * closed: open connections stay open, new ones are not answered, and nobody learns why.
 * The server must run on this machine.
 */
public final class DatabasePause implements AutoCloseable {

	private final List<Long> stopped = new ArrayList<>();

	private DatabasePause() {
	}

	public static DatabasePause of(TestDatabase database) {
		List<Long> members = new ArrayList<>();
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("""
						select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::bigint
						union all
						select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
						""")) {
			while (rows.next()) {
				members.add(rows.getLong(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		DatabasePause pause = new DatabasePause();
		for (long member : members) {
			// A connection may have ended since.
			if (ProcessHandle.of(member).isPresent()) {
				StopSignal.STOP.send(member);
				pause.stopped.add(member);
			}
		}
		return pause;
	}

	/** Lets the server go on. */
	@Override
	public void close() {
		for (long member : this.stopped) {
			try {
				StopSignal.CONT.send(member);
			}
			catch (IllegalStateException ex) {
				// One that its parent has ended meanwhile; the others must go on.
				if (ProcessHandle.of(member).isPresent()) {
					throw ex;
				}
			}
		}
		this.stopped.clear();
	}

}
