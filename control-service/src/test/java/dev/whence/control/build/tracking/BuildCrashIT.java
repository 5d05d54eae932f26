package dev.whence.control.build.tracking;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.whence.control.build.github.GitHubTwin;
import dev.whence.control.build.github.GitHubTwin.Trouble;
import dev.whence.testkit.postgres.PostgresServer;
import dev.whence.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.client.RestClientException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that is killed (SIGKILL) while it starts a run, at each point at which that
 * may happen, and another one that goes on. GitHub itself says when: it kills the service
 * in the middle of a request.
 */
class BuildCrashIT {

	private static final String[] MARKED = { "--whence.builds.github.correlation-input=whence_build" };

	private static final String[] UNMARKED = {};

	private static GitHubTwin github;

	private TestDatabase database;

	@BeforeAll
	static void startGitHub() {
		github = GitHubTwin.start();
	}

	@AfterAll
	static void stopGitHub() {
		github.close();
	}

	@BeforeEach
	void begin() {
		github.reset();
		this.database = PostgresServer.shared().newDatabase();
	}

	@Test
	void killedBeforeItAskedGitHubAnything() throws Exception {
		oneRunAfter("GET", "/workflows/build.yml", false, UNMARKED);
	}

	@Test
	void killedBetweenTheRowAndTheCall() throws Exception {
		oneRunAfter("POST", "/dispatches", false, UNMARKED);
	}

	@Test
	void killedBetweenTheCallAndItsRecord() throws Exception {
		oneRunAfter("POST", "/dispatches", true, UNMARKED);
	}

	@Test
	void killedBetweenTheCallAndItsRecordWhereGitHubNamesNoRunAndPeopleStartOthers() throws Exception {
		github.nameNoRuns();
		github.titleRunsWith("whence_build");
		github.startByHand("main", "builder");
		killedAt(Trouble.after("POST", "/dispatches", () -> github.startByHand("main", "builder")), MARKED);
		try (ControlProcess second = ControlProcess.start(this.database, github, MARKED)) {
			Map<String, Object> build = second.api().awaitStatus(1, "in_progress");
			GitHubTwin.Run own = github.runs().get(1);
			assertThat(own.title()).startsWith("Image ").isNotEqualTo("Image null");
			assertThat(BuildApi.run(build)).isEqualTo(own.id());
			github.complete(own.id(), "success");
			second.api().awaitStatus(1, "success");
			assertThat(github.runs()).hasSize(3);
		}
	}

	private void oneRunAfter(String method, String path, boolean afterwards, String[] settings) throws Exception {
		killedAt(afterwards ? Trouble.after(method, path, () -> {
		}) : Trouble.before(method, path, () -> {
		}), settings);
		assertThat(github.runs()).hasSize(afterwards ? 1 : 0);
		try (ControlProcess second = ControlProcess.start(this.database, github, settings)) {
			Map<String, Object> build = second.api().awaitStatus(1, "in_progress");
			assertThat(BuildApi.run(build)).isEqualTo(github.runs().getFirst().id());
			github.complete(github.runs().getFirst().id(), "success");
			second.api().awaitStatus(1, "success");
			assertThat(BuildApi.json(second.api().get("/api/build/"))).containsEntry("total", 1);
			assertThat(github.runs()).as("runs").hasSize(1);
			assertThat(second.output()).doesNotContain(GitHubTwin.TOKEN);
		}
	}

	private void killedAt(Trouble trouble, String[] settings) throws Exception {
		AtomicReference<ControlProcess> victim = new AtomicReference<>();
		CountDownLatch dead = new CountDownLatch(1);
		try (ControlProcess first = ControlProcess.start(this.database, github, settings)) {
			victim.set(first);
			github.meet(new Trouble(trouble.method(), trouble.path(), trouble.afterwards(), 0, "", () -> {
				victim.get().kill();
				trouble.what().happen();
				dead.countDown();
			}));
			try {
				first.api().trigger("main");
			}
			catch (RestClientException expected) {
				assertThat(expected).isNotNull();
			}
			assertThat(dead.await(20, TimeUnit.SECONDS)).as("the service was killed").isTrue();
		}
	}

}
