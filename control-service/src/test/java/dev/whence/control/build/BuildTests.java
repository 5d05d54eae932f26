package dev.whence.control.build;

import java.time.Instant;

import dev.whence.model.ProjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BuildTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final Build build = new Build(ProjectId.DEFAULT,
			new BuildPlan(null, null, "name: x", "fedora-bootc", "43", true, null, null, "main"), "acme/images", "key",
			NOW.minusSeconds(60));

	@ParameterizedTest
	@ValueSource(strings = { "success", "failure", "cancelled" })
	void anEndIsTheEnd(String conclusion) {
		assertThat(this.build.start(1, null, NOW)).isTrue();
		assertThat(this.build.report(run("completed", conclusion), NOW)).isTrue();
		BuildStatus end = this.build.status();
		assertThat(end.isTerminal()).isTrue();
		assertThat(this.build.report(run("in_progress", null), NOW)).isFalse();
		assertThat(this.build.report(run("completed", "success"), NOW)).isFalse();
		assertThat(this.build.fail("x", NOW)).isFalse();
		assertThat(this.build.cancel(NOW)).isFalse();
		assertThat(this.build.start(1, null, NOW)).isFalse();
		assertThat(this.build.waitBecause("x")).isFalse();
		assertThat(this.build.status()).isEqualTo(end);
		assertThat(this.build.conclusion()).isEqualTo(conclusion);
	}

	@Test
	void whatIsToldOfAnotherRunIsNotAboutIt() {
		this.build.start(2, null, NOW);
		assertThat(this.build.report(run("completed", "failure"), NOW)).isFalse();
		assertThat(this.build.status()).isEqualTo(BuildStatus.IN_PROGRESS);
	}

	@Test
	void theRunOfACancelledBuildIsRememberedButDoesNotReviveIt() {
		this.build.cancel(NOW);
		assertThat(this.build.start(5, "https://example.org", NOW)).isFalse();
		assertThat(this.build.workflowRunId()).isEqualTo(5);
		assertThat(this.build.status()).isEqualTo(BuildStatus.CANCELLED);
	}

	@Test
	void itEndsWhenItsRunSaysUnlessThatIsTheFuture() {
		this.build.start(1, null, NOW);
		this.build.report(new RunReport(1, "completed", "success", null, NOW.minusSeconds(30), NOW.plusSeconds(3600)),
				NOW);
		assertThat(this.build.completedAt()).isEqualTo(NOW);
		assertThat(this.build.startedAt()).isEqualTo(NOW.minusSeconds(30));
	}

	@Test
	void aConclusionThatIsMissingIsAFailure() {
		this.build.start(1, null, NOW);
		this.build.report(run("completed", null), NOW);
		assertThat(this.build.status()).isEqualTo(BuildStatus.FAILURE);
	}

	private static RunReport run(String status, String conclusion) {
		return new RunReport(1, status, conclusion, null, null, null);
	}

}
