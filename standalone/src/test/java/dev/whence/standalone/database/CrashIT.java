package dev.whence.standalone.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;

import dev.whence.standalone.StartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whoever is killed together with PostgreSQL starts again at once, with everything that
 * was acknowledged. {@code -Dwhence.test.kills=50} kills more often.
 */
class CrashIT {

	private static final int KILLS = Integer.getInteger("whence.test.kills", 3);

	private static final Duration PROMPT = Duration.ofSeconds(20);

	@TempDir
	Path folder;

	private Process process;

	@AfterEach
	void end() throws Exception {
		if (this.process != null) {
			this.process.destroyForcibly().waitFor();
		}
		LeftoverServer.clear(this.folder.resolve("postgresql"));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void startsAtOnceAfterEverythingWasKilledAndTheDeadStayZombies() throws Exception {
		try (Adoption _ = Adoption.withoutReaping()) {
			killAndStartAtOnce();
		}
	}

	@Test
	void startsAtOnceAfterEverythingWasKilled() throws Exception {
		killAndStartAtOnce();
	}

	@Test
	void aServerThatLostOnlyItsOwnerIsEndedFirst() throws Exception {
		long acknowledged = commitAFew();
		this.process.destroyForcibly().waitFor();
		assertThat(postmaster().isAlive()).isTrue();
		assertThat(commitAFew()).isGreaterThan(acknowledged);
	}

	@Test
	void theNumberOfADeadServerMayHaveGoneToAnotherProgram() throws Exception {
		long acknowledged = commitAFew();
		killBoth();
		Path pidFile = this.folder.resolve("postgresql/postmaster.pid");
		String content = Files.readString(pidFile);
		Files.writeString(pidFile, ProcessHandle.current().pid() + content.substring(content.indexOf('\n')));
		assertThat(commitAFew()).isGreaterThan(acknowledged);
	}

	@Test
	void aFailedStartIsNoticedAtOnceAndNobodyIsToldToLeaveSoundDataBehind() throws Exception {
		EmbeddedDatabase.start(this.folder).close();
		Files.writeString(this.folder.resolve("postgresql/postgresql.auto.conf"), "shared_buffers = 'plenty'");
		long before = System.nanoTime();
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> EmbeddedDatabase.start(this.folder))
			.withMessageContaining("contains errors")
			.withMessageContaining("Nothing stored was touched")
			.withMessageNotContaining("ove the folder away");
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PROMPT);
	}

	@Test
	void damagedFilesAreCalledDamaged() throws Exception {
		EmbeddedDatabase.start(this.folder).close();
		Files.delete(this.folder.resolve("postgresql/global/pg_control"));
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> EmbeddedDatabase.start(this.folder))
			.withMessageContaining("damaged")
			.withMessageContaining("backup");
	}

	@Test
	void twoDoNotShareAFolder() throws Exception {
		commitAFew();
		try (EmbeddedDatabase _ = killedAndStartedHere()) {
			assertThatExceptionOfType(StartException.class).isThrownBy(() -> EmbeddedDatabase.start(this.folder))
				.withMessageContaining("in use by another process");
		}
	}

	private EmbeddedDatabase killedAndStartedHere() throws IOException {
		killBoth();
		return EmbeddedDatabase.start(this.folder);
	}

	private void killAndStartAtOnce() throws Exception {
		for (int kill = 0; kill < KILLS; kill++) {
			long acknowledged = commitAFew();
			killBoth();
			long before = System.nanoTime();
			try (EmbeddedDatabase database = EmbeddedDatabase.start(this.folder)) {
				assertThat(Duration.ofNanos(System.nanoTime() - before)).as("start after kill %d", kill)
					.isLessThan(PROMPT);
				assertThat(count(database)).isGreaterThanOrEqualTo(acknowledged);
			}
		}
	}

	private static long count(EmbeddedDatabase database) throws Exception {
		try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), "");
				var answer = connection.createStatement().executeQuery("select count(*) from kept")) {
			answer.next();
			return answer.getLong(1);
		}
	}

	/** Lets a process commit a while and returns the last number it printed. */
	private long commitAFew() throws Exception {
		this.process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				"-XX:TieredStopAtLevel=1", CommittingProcess.class.getName(), this.folder.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader numbers = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		long last = 0;
		for (int i = 0; i < 200; i++) {
			String line = numbers.readLine();
			if (line != null && line.matches("\\d+")) {
				last = Long.parseLong(line);
			}
		}
		assertThat(last).isPositive();
		return last;
	}

	private void killBoth() throws IOException {
		ProcessHandle postmaster = postmaster();
		this.process.destroyForcibly();
		postmaster.destroyForcibly();
	}

	private ProcessHandle postmaster() throws IOException {
		try (var lines = Files.lines(this.folder.resolve("postgresql/postmaster.pid"))) {
			return ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow().strip())).orElseThrow();
		}
	}

}
