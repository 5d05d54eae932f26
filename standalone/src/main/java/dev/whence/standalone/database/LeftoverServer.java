package dev.whence.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.whence.standalone.StartException;

/**
 * What is left of a PostgreSQL server when the process that had started it was killed:
 * the whole server, single processes that outlive their parent, or only the file that
 * names it. PostgreSQL refuses to start while there is a process with the number in that
 * file, be it a dead one that nobody has taken note of (a zombie, which in a container
 * without an init stays for good) or another program's.
 */
final class LeftoverServer {

	private static final long SECONDS = 20;

	private static final Path PROCESSES = Path.of("/proc");

	private static final String PROGRAM = "postgres";

	private final Path data;

	private LeftoverServer(Path data) {
		this.data = data;
	}

	/**
	 * Returns when nothing works on the data any more. The caller holds the folder's
	 * lock, so that nobody starts a server meanwhile.
	 * @throws StartException if a process cannot be ended
	 */
	static void clear(Path data) throws IOException {
		Path pidFile = data.resolve("postmaster.pid");
		if (!Files.isRegularFile(pidFile)) {
			return;
		}
		LeftoverServer leftover = new LeftoverServer(data.toRealPath());
		leftover.named(pidFile).ifPresent(LeftoverServer::end);
		if (canSeeAll()) {
			// Without their parent they end by themselves, but only once they are idle.
			leftover.working().forEach(LeftoverServer::end);
			// Proven: nothing that runs has to do with this file.
			Files.deleteIfExists(pidFile);
		}
	}

	/** The server that the pid file names, if it is alive. */
	private Optional<ProcessHandle> named(Path pidFile) throws IOException {
		return Files.readAllLines(pidFile)
			.stream()
			.findFirst()
			.filter((line) -> line.strip().matches("\\d{1,10}"))
			.flatMap((line) -> ProcessHandle.of(Long.parseLong(line.strip())))
			.filter(LeftoverServer::isAlive)
			// The number may have gone to another program since, or to another folder's
			// server.
			.filter(canSeeAll() ? this::works : LeftoverServer::isPostgres);
	}

	private List<ProcessHandle> working() {
		return ProcessHandle.allProcesses().filter(LeftoverServer::isAlive).filter(this::works).toList();
	}

	/** All processes of a server work in its data folder. */
	private boolean works(ProcessHandle process) {
		if (!isPostgres(process)) {
			return false;
		}
		try {
			return Files.readSymbolicLink(PROCESSES.resolve(process.pid() + "/cwd")).equals(this.data);
		}
		catch (IOException _) {
			// Gone meanwhile, or another user's.
			return false;
		}
	}

	private static boolean isPostgres(ProcessHandle process) {
		// The file may have been deleted since, which the system then adds to its name.
		return process.info()
			.command()
			.map((command) -> Path.of(command).getFileName().toString().startsWith(PROGRAM))
			.orElse(false);
	}

	private static boolean canSeeAll() {
		return Files.isReadable(PROCESSES.resolve("self/cwd"));
	}

	/** Whether it runs: to Java a zombie is alive. */
	private static boolean isAlive(ProcessHandle process) {
		if (!process.isAlive()) {
			return false;
		}
		try {
			String stat = Files.readString(PROCESSES.resolve(process.pid() + "/stat"));
			// The name stands in brackets and may hold any character.
			return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
		}
		catch (IOException _) {
			return process.isAlive();
		}
	}

	/** Asks it to end, then insists; its log is replayed at the next start. */
	private static void end(ProcessHandle process) {
		process.destroy();
		if (!ended(process)) {
			process.destroyForcibly();
			if (!ended(process)) {
				throw new StartException(
						"A PostgreSQL server that was left behind (process " + process.pid() + ") cannot be ended.",
						null);
			}
		}
	}

	private static boolean ended(ProcessHandle process) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		while (isAlive(process) && System.nanoTime() < deadline) {
			try {
				process.onExit().get(50, TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException _) {
				// Not yet, or dead without anybody having taken note of it.
			}
			catch (InterruptedException | ExecutionException ex) {
				throw new StartException("Waiting for a PostgreSQL server to end was interrupted.", ex);
			}
		}
		return !isAlive(process);
	}

}
