package dev.whence.control.build.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.whence.control.build.github.WorkflowRun;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class RunSearchTests {

	private static final String MARKER = "7b0f3c1e-6d5a-4f0e-9a53-0c8d6f0e1a2b";

	private static final Instant ASKED = Instant.parse("2026-03-01T12:00:00Z");

	private final RunSearch search = new RunSearch(MARKER, false, 100, ASKED, Optional.of("builder"), Set.of(101L));

	@Test
	void aMarkedRunIsItWhoeverElseStartedRuns() {
		assertThat(this.search.among(List.of(run(105, "by hand", "builder"), run(103, "Image " + MARKER, "anybody"))))
			.isEqualTo(new RunSearch.Result.Found(run(103, "Image " + MARKER, "anybody"), List.of()));
	}

	@Test
	void ofSeveralMarkedRunsTheFirstCountsAndTheOthersAreNamed() {
		assertThat(this.search.among(List.of(run(107, MARKER, "builder"), run(103, MARKER, "builder"))))
			.isEqualTo(new RunSearch.Result.Found(run(103, MARKER, "builder"), List.of(run(107, MARKER, "builder"))));
	}

	@Test
	void runsFromBeforeOfOthersAndOfOtherBuildsAreNotIt() {
		assertThat(this.search.among(List.of(run(99, "x", "builder"), run(100, "x", "builder"),
				run(101, "x", "builder"), run(102, "x", "somebody"))))
			.isEqualTo(new RunSearch.Result.None());
	}

	@Test
	void runsThatAreTooOldByTheClockAreNotIt() {
		WorkflowRun old = new WorkflowRun(105, "queued", null, null, "x", "main", "workflow_dispatch",
				ASKED.minus(RunSearch.SKEW).minusSeconds(1), null, null, null);
		assertThat(this.search.among(List.of(old))).isEqualTo(new RunSearch.Result.None());
	}

	@Test
	void theOnlyNewRunOfTheTokensOwnerIsIt() {
		assertThat(this.search.among(List.of(run(102, "x", "somebody"), run(103, "x", "builder"))))
			.isEqualTo(new RunSearch.Result.Found(run(103, "x", "builder"), List.of()));
	}

	@Test
	void ofTwoNewRunsNoneIsIt() {
		assertThat(this.search.among(List.of(run(105, "x", "builder"), run(103, "x", "builder"))))
			.isEqualTo(new RunSearch.Result.Several(List.of(103L, 105L)));
	}

	@Test
	void whereTitlesShowWhoseARunIsOneWithoutThatIsLeftToAPerson() {
		RunSearch shown = new RunSearch(MARKER, true, 100, ASKED, Optional.of("builder"), Set.of());
		assertThat(shown.among(List.of(run(103, "by hand", "builder"))))
			.isEqualTo(new RunSearch.Result.Several(List.of(103L)));
		assertThat(shown.among(List.of(run(103, "by hand", "somebody")))).isEqualTo(new RunSearch.Result.None());
	}

	private static WorkflowRun run(long id, String title, String actor) {
		return JsonMapper.shared()
			.readValue("""
					{"id":%d,"status":"queued","display_title":"%s","event":"workflow_dispatch","head_branch":"main",
					"created_at":"2026-03-01T12:00:01Z","actor":{"login":"%s"}}""".formatted(id, title, actor),
					WorkflowRun.class);
	}

}
