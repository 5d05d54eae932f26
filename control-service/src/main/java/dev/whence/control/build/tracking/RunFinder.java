package dev.whence.control.build.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.control.build.Build;
import dev.whence.control.build.github.GitHub;
import dev.whence.control.build.github.GitHubProperties;
import dev.whence.control.build.github.WorkflowRun;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks among the runs that GitHub lists for the one of a build. */
@Component
class RunFinder {

	private final GitHub github;

	private final boolean titled;

	private final JdbcClient jdbc;

	RunFinder(GitHub github, GitHubProperties settings, JdbcClient jdbc) {
		this.github = github;
		this.titled = !settings.correlationInput().isEmpty();
		this.jdbc = jdbc;
	}

	/**
	 * @throws dev.whence.control.build.github.GitHubException when GitHub does not say
	 */
	RunSearch.Result search(Claim claim, Build build) {
		Instant since = (claim.firstAsked() != null) ? claim.firstAsked() : build.createdAt();
		List<WorkflowRun> runs = this.github.runs(this.github.workflow(), build.ref(), since.minus(RunSearch.SKEW));
		if (runs.isEmpty()) {
			return new RunSearch.Result.None();
		}
		return new RunSearch(build.marker().toString(), this.titled, claim.newestRun(), since, this.github.login(),
				taken(build, runs))
			.among(runs);
	}

	private Set<Long> taken(Build build, List<WorkflowRun> runs) {
		return new TreeSet<>(this.jdbc.sql("""
				select workflow_run_id from control.build
				where repository = :repository and workflow_run_id = any(:runs) and id <> :build
				""")
			.param("repository", build.repository())
			.param("runs", runs.stream().map(WorkflowRun::id).toArray(Long[]::new))
			.param("build", build.id())
			.query(Long.class)
			.list());
	}

}
