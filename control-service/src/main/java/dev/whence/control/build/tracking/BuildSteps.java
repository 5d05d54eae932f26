package dev.whence.control.build.tracking;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.whence.control.build.Build;
import dev.whence.control.build.BuildProperties;
import dev.whence.control.build.BuildStatus;
import dev.whence.control.build.Builds;
import dev.whence.control.build.RunReport;
import dev.whence.control.build.github.Dispatch;
import dev.whence.control.build.github.GitHub;
import dev.whence.control.build.github.GitHubException;
import dev.whence.control.build.github.GitHubProperties;
import dev.whence.control.build.github.WorkflowRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps of a build, each safe to be taken again after a death anywhere in it.
 * <p>
 * That a run is about to be asked for is committed before it is asked for, and what came
 * of it afterwards. Who finds the first without the second never asks again before it has
 * looked for the run for long enough that GitHub would list it.
 */
@Component
class BuildSteps {

	private static final Logger log = LoggerFactory.getLogger(BuildSteps.class);

	/** How often a run is asked for at most, when the one before cannot be found. */
	private static final int MOST_DISPATCHES = 3;

	/** So often in a row GitHub does not know a run before it counts as gone. */
	private static final int MOST_LOSSES = 5;

	/**
	 * A run that could not be ended for so long ends by itself: GitHub stops jobs after
	 * six hours.
	 */
	private static final Duration LONGEST_STOP = Duration.ofHours(6);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	/** Another build of the branch is on its way for a second or two. */
	private static final Duration BEHIND_ANOTHER = Duration.ofMillis(500);

	private static final Duration FIRST_LOOK = Duration.ofMillis(500);

	private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

	private final BuildTasks tasks;

	private final Builds builds;

	private final GitHub github;

	private final RunFinder finder;

	private final String correlationInput;

	private final BuildProperties properties;

	private final TransactionTemplate transactions;

	private final InstantSource clock;

	BuildSteps(BuildTasks tasks, Builds builds, GitHub github, RunFinder finder, GitHubProperties settings,
			BuildProperties properties, TransactionTemplate transactions, InstantSource clock) {
		this.tasks = tasks;
		this.builds = builds;
		this.github = github;
		this.finder = finder;
		this.correlationInput = settings.correlationInput();
		this.properties = properties;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** Takes the step of the claim; what GitHub does is never thrown. */
	void take(Claim claim) {
		Build build = this.builds.find(claim.build()).orElseThrow();
		try {
			switch (claim.phase()) {
				case PARKED -> this.tasks.putBack(claim, Phase.PARKED, LONGEST_PAUSE);
				case DISPATCH -> dispatch(claim, build);
				case ASKED, ACCEPTED -> look(claim, build);
				case TRACK -> track(claim, build);
				case STOP -> stop(claim, build);
			}
		}
		catch (GitHubException ex) {
			troubled(claim, build, ex);
		}
	}

	private void dispatch(Claim claim, Build build) {
		Instant claimed = this.clock.instant();
		if (build.status().isTerminal()) {
			this.tasks.remove(build.id());
			return;
		}
		long workflow = this.github.workflow();
		long newest = this.github.runs(workflow, build.ref(), null).stream().mapToLong(WorkflowRun::id).max().orElse(0);
		if (!intend(claim, build, newest)) {
			this.tasks.putBack(claim, Phase.DISPATCH, BEHIND_ANOTHER);
			return;
		}
		// Whoever stood still until the lease had ended may find another at the same
		// work.
		if (Duration.between(claimed, this.clock.instant()).compareTo(this.properties.lease().dividedBy(2)) > 0) {
			notSent(claim, build, "The dispatch was put off", Duration.ZERO);
			return;
		}
		record(claim, build, this.github.dispatch(workflow, build.ref(), inputs(build)));
	}

	private boolean intend(Claim claim, Build build, long newest) {
		return Boolean.TRUE
			.equals(this.transactions.execute((_) -> this.builds.lock(build.id()).status() == BuildStatus.QUEUED
					&& this.tasks.intend(claim, build.repository(), build.ref(), newest)));
	}

	private Map<String, String> inputs(Build build) {
		Map<String, String> inputs = new LinkedHashMap<>();
		inputs.put("image_type", build.imageType());
		inputs.put("distro_version", build.fedoraVersion());
		inputs.put("enable_plymouth", String.valueOf(build.enablePlymouth()));
		inputs.put("yaml_content", build.yaml());
		if (build.windowManager() != null) {
			inputs.put("window_manager", build.windowManager());
		}
		if (build.desktopEnvironment() != null) {
			inputs.put("desktop_environment", build.desktopEnvironment());
		}
		if (!this.correlationInput.isEmpty()) {
			inputs.put(this.correlationInput, build.marker().toString());
		}
		return inputs;
	}

	private void record(Claim claim, Build build, Dispatch outcome) {
		switch (outcome) {
			case Dispatch.Started(long run, String url) -> started(claim, build, run, url);
			case Dispatch.Accepted _ -> this.tasks.putBack(claim, Phase.ACCEPTED, Duration.ZERO);
			case Dispatch.Refused(String reason) -> fail(claim, build, reason);
			case Dispatch.Failed(String reason) -> failedThere(claim, build, reason);
			case Dispatch.Later(String reason, Instant at) -> notSent(claim, build, reason, pause(claim, at));
			case Dispatch.Unknown(String reason) -> {
				this.builds.change(build.id(), (now, _) -> now.waitBecause(reason));
				this.tasks.putBack(claim, Phase.ASKED, FIRST_LOOK);
			}
		}
	}

	// GitHub's own word is believed, as by the original, after one look; a run that comes
	// up later is ended where its title shows whose it is.
	private void failedThere(Claim claim, Build build, String reason) {
		try {
			if (this.finder.search(claim.firstAsked() != null ? claim : asked(claim),
					build) instanceof RunSearch.Result.Found found) {
				started(claim, build, found.run().id(), found.run().htmlUrl());
				return;
			}
		}
		catch (GitHubException ex) {
			log.debug("Whether build {} has a run cannot be seen: {}", build.id(), ex.reason());
		}
		fail(claim, build, reason);
	}

	// What the database has noted since the claim was read.
	private Claim asked(Claim claim) {
		return new Claim(claim.build(), claim.phase(), claim.attempt(), claim.failures(), claim.dispatches() + 1,
				claim.age(), this.clock.instant(), Duration.ZERO, this.tasks.newestRun(claim.build()));
	}

	// For certain nothing was sent: the next dispatch needs no look before it.
	private void notSent(Claim claim, Build build, String reason, Duration pause) {
		if (claim.age().plus(pause).compareTo(this.properties.giveUpAfter()) > 0) {
			fail(claim, build, reason);
			return;
		}
		this.transactions.executeWithoutResult((_) -> {
			this.builds.change(build.id(), (now, _) -> now.waitBecause(reason));
			this.tasks.notSent(claim, pause);
		});
	}

	private void look(Claim claim, Build build) {
		if (build.status().isTerminal()) {
			this.tasks.putBack(claim, Phase.STOP, Duration.ZERO);
			return;
		}
		switch (this.finder.search(claim, build)) {
			case RunSearch.Result.Found(WorkflowRun run, List<WorkflowRun> others) -> {
				started(claim, build, run.id(), run.htmlUrl());
				others.forEach((other) -> end(other.id()));
			}
			case RunSearch.Result.Several(List<Long> ids) -> {
				// The one that says whose it is may still come up.
				if (!lookAgain(claim)) {
					fail(claim, build, "GitHub may have started a run and did not say which; it may be one of " + ids
							+ ". Look at them before you start another build");
				}
			}
			case RunSearch.Result.None _ -> notFound(claim, build);
		}
	}

	private boolean lookAgain(Claim claim) {
		Duration since = Objects.requireNonNullElse(claim.sinceAsked(), Duration.ZERO);
		if (since.compareTo(this.properties.lookFor()) >= 0) {
			return false;
		}
		this.tasks.putBack(claim, claim.phase(), shorter(longer(since.dividedBy(2), FIRST_LOOK), LONGEST_LOOK));
		return true;
	}

	private void notFound(Claim claim, Build build) {
		if (lookAgain(claim)) {
			return;
		}
		if (claim.phase() == Phase.ACCEPTED) {
			fail(claim, build, "GitHub took the dispatch, but no run appeared within "
					+ this.properties.lookFor().toSeconds() + " s");
		}
		else if (claim.dispatches() < MOST_DISPATCHES) {
			log.info("No run of build {} appeared, so it is asked for again", build.id());
			this.tasks.putBack(claim, Phase.DISPATCH, Duration.ZERO);
		}
		else {
			fail(claim, build, "GitHub did not answer " + MOST_DISPATCHES + " times, and no run appeared");
		}
	}

	// True whoever holds the claim by now: GitHub has said so.
	private void started(Claim claim, Build build, long run, @Nullable String url) {
		Boolean isOurs = this.transactions.execute((_) -> {
			Builds.Changed changed = this.builds.change(build.id(), (now, at) -> now.start(run, url, at));
			Long known = changed.build().workflowRunId();
			if (known == null || known != run) {
				return false;
			}
			if (changed.changed()) {
				this.tasks.putBack(claim, Phase.TRACK, this.properties.pollEvery());
			}
			else {
				this.tasks.add(build.id(), Phase.STOP, Duration.ZERO);
			}
			return true;
		});
		if (!Boolean.TRUE.equals(isOurs)) {
			end(run);
		}
	}

	private void track(Claim claim, Build build) {
		Long run = build.workflowRunId();
		if (run == null || build.status().isTerminal()) {
			this.tasks.remove(build.id());
			return;
		}
		report(build.id(), this.github.run(run));
		if (claim.dispatches() > 1) {
			endTwins(claim, build, run);
		}
		this.tasks.putBack(claim, Phase.TRACK, this.properties.pollEvery());
	}

	/** Notes what was heard of a run. */
	Builds.Changed report(long build, WorkflowRun run) {
		return Objects.requireNonNull(this.transactions.execute((_) -> {
			Builds.Changed changed = this.builds.change(build, (now, at) -> now.report(new RunReport(run.id(),
					run.status(), run.conclusion(), run.htmlUrl(), run.startedAt(), run.updatedAt()), at));
			if (changed.build().status().isTerminal()) {
				this.tasks.remove(build);
			}
			return changed;
		}));
	}

	// Asked for twice, because the first could not be found: it may have come since.
	private void endTwins(Claim claim, Build build, long run) {
		if (this.finder.search(claim,
				build) instanceof RunSearch.Result.Found(WorkflowRun first, List<WorkflowRun> others)
				&& first.isTitled(build.marker().toString())) {
			others.stream().filter((other) -> other.id() != run).forEach((other) -> end(other.id()));
			if (first.id() != run) {
				end(first.id());
			}
		}
	}

	private void stop(Claim claim, Build build) {
		Long known = build.workflowRunId();
		if (known != null) {
			this.github.cancel(known);
			this.tasks.remove(build.id());
			return;
		}
		switch (this.finder.search(claim, build)) {
			case RunSearch.Result.Found(WorkflowRun run, List<WorkflowRun> others) -> {
				started(claim, build, run.id(), run.htmlUrl());
				others.forEach((other) -> end(other.id()));
			}
			case RunSearch.Result.Several _, RunSearch.Result.None _ -> {
				Duration since = Objects.requireNonNullElse(claim.sinceAsked(), claim.age());
				if (since.compareTo(this.properties.lookFor()) < 0) {
					this.tasks.putBack(claim, Phase.STOP,
							shorter(longer(since.dividedBy(2), FIRST_LOOK), LONGEST_LOOK));
				}
				else {
					this.tasks.remove(build.id());
				}
			}
		}
	}

	private void end(long run) {
		try {
			this.github.cancel(run);
			log.info("The run {} belongs to no build that goes on and was ended", run);
		}
		catch (GitHubException ex) {
			log.warn("The run {} belongs to no build that goes on, but could not be ended: {}", run, ex.reason());
		}
	}

	// Questions that failed; nothing was started.
	private void troubled(Claim claim, Build build, GitHubException trouble) {
		switch (claim.phase()) {
			case DISPATCH -> {
				switch (trouble.kind()) {
					case NOT_FOUND, REFUSED, UNREADABLE, FAILED -> fail(claim, build, trouble.reason());
					case LIMITED, UNREACHABLE, UNANSWERED -> waitForGitHub(claim, build, trouble);
				}
			}
			case TRACK -> {
				if (trouble.kind() == GitHubException.Kind.NOT_FOUND && claim.failures() + 1 >= MOST_LOSSES) {
					fail(claim, build, "GitHub does not know the run any more");
				}
				else {
					this.tasks.failed(claim, pause(claim, trouble.retryAt()));
				}
			}
			case STOP -> {
				if (trouble.kind() == GitHubException.Kind.NOT_FOUND || claim.age().compareTo(LONGEST_STOP) > 0) {
					this.tasks.remove(claim);
				}
				else {
					this.tasks.failed(claim, pause(claim, trouble.retryAt()));
				}
			}
			case PARKED, ASKED, ACCEPTED -> this.tasks.failed(claim, pause(claim, trouble.retryAt()));
		}
	}

	private void waitForGitHub(Claim claim, Build build, GitHubException trouble) {
		Duration pause = pause(claim, trouble.retryAt());
		if (claim.age().plus(pause).compareTo(this.properties.giveUpAfter()) > 0) {
			fail(claim, build, trouble.reason());
			return;
		}
		this.builds.change(build.id(), (now, _) -> now.waitBecause(trouble.reason()));
		this.tasks.failed(claim, pause);
	}

	private void fail(Claim claim, Build build, String reason) {
		this.transactions.executeWithoutResult((_) -> {
			this.builds.change(build.id(), (now, at) -> now.fail(reason, at));
			this.tasks.remove(claim);
		});
	}

	// Doubles with each failure; GitHub's own word counts for more.
	private Duration pause(Claim claim, @Nullable Instant at) {
		Duration backoff = shorter(Duration.ofSeconds(1L << Math.min(claim.failures(), 9)), LONGEST_PAUSE);
		return (at != null) ? longer(Duration.between(this.clock.instant(), at), backoff) : backoff;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
