package dev.whence.e2e.journey;

import java.nio.file.Path;

import dev.whence.e2e.platform.Command;
import dev.whence.e2e.platform.Launcher;
import dev.whence.e2e.platform.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console's pages of accounts, images and builds in a real browser, on a Whence that
 * asks for credentials and knows nobody yet. What is looked at is in the console's
 * {@code browser/control.test.mjs}; without a browser it skips its tests.
 */
@Execution(ExecutionMode.CONCURRENT)
class ControlPagesIT {

	@TempDir
	Path folder;

	private Launcher whence;

	@BeforeEach
	void start() throws Exception {
		this.whence = new Launcher(this.folder).asking();
		Command.Outcome started = this.whence.run("up", "--detach");
		assertThat(started.status()).as(started.output()).isZero();
	}

	@AfterEach
	void stop() throws Exception {
		this.whence.run("down");
	}

	@Test
	void whoeverComesFirstRunsTheInstallationAndBuildsAnImage() throws Exception {
		ProcessBuilder browser = new ProcessBuilder("npm", "run", "--silent", "test:control")
			.directory(Repository.root().resolve("console").toFile());
		browser.environment().put("WHENCE_URL", this.whence.address());
		Command.Outcome outcome = Command.run(browser, this.folder);
		assertThat(outcome.status()).as(outcome.output()).isZero();
	}

}
