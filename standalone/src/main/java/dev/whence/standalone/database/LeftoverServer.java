package dev.whence.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.whence.standalone.StartException;

/**
 * A PostgreSQL server that still runs on the data because the process that had started it
 * was killed.
 */
final class LeftoverServer {

	private static final long SECONDS = 20;

	private final ProcessHandle process;

	private LeftoverServer(ProcessHandle process) {
		this.process = process;
	}

	/** The server that the data folder's pid file names, if it is alive. */
	static Optional<LeftoverServer> in(Path data) throws IOException {
		Path pidFile = data.resolve("postmaster.pid");
		if (!Files.isRegularFile(pidFile)) {
			return Optional.empty();
		}
		return Files.readAllLines(pidFile)
			.stream()
			.findFirst()
			.filter((line) -> line.strip().matches("\\d{1,10}"))
			.flatMap((line) -> ProcessHandle.of(Long.parseLong(line.strip())))
			.filter(ProcessHandle::isAlive)
			// The number may have gone to another program since.
			.filter((process) -> process.info().command().map((command) -> command.contains("postgres")).orElse(false))
			.map(LeftoverServer::new);
	}

	/** Asks it to end, then insists; its log is replayed at the next start. */
	void end() {
		this.process.destroy();
		if (!ended()) {
			this.process.destroyForcibly();
			if (!ended()) {
				throw new StartException("A PostgreSQL server that was left behind (process " + this.process.pid()
						+ ") cannot be ended.", null);
			}
		}
	}

	private boolean ended() {
		try {
			this.process.onExit().get(SECONDS, TimeUnit.SECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new StartException("Waiting for a PostgreSQL server to end was interrupted.", ex);
		}
	}

}
