package dev.whence.control.build.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.whence.control.build.BuildProperties;
import dev.whence.control.build.github.GitHubProperties;
import dev.whence.control.build.tracking.BuildControl;
import dev.whence.control.outbox.Outbox;
import dev.whence.model.BuildChanged;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes deliveries, each once: a delivery and what follows from it are one transaction,
 * so one that failed half-way was not taken and may come again.
 */
@Service
class Deliveries {

	/** GitHub lets people send a delivery again for three days. */
	private static final Duration REMEMBERED = Duration.ofDays(30);

	private static final int LONGEST_MESSAGE = 200;

	private static final int SHORT_SHA = 7;

	private static final String BRANCHES = "refs/heads/";

	private final JdbcClient jdbc;

	private final BuildControl builds;

	private final Outbox outbox;

	private final GitHubProperties github;

	private final BuildProperties properties;

	private final InstantSource clock;

	Deliveries(JdbcClient jdbc, BuildControl builds, Outbox outbox, GitHubProperties github, BuildProperties properties,
			InstantSource clock) {
		this.jdbc = jdbc;
		this.builds = builds;
		this.outbox = outbox;
		this.github = github;
		this.properties = properties;
		this.clock = clock;
	}

	/** Takes a delivery whose signature was verified. */
	@Transactional
	public Taken take(String id, String event, byte[] signature, Payload payload) {
		if (!isNew(id, event, signature)) {
			return Taken.KNOWN;
		}
		Payload.Repository repository = payload.repository();
		if (repository == null || !this.github.repository().equalsIgnoreCase(repository.fullName())) {
			return Taken.IGNORED;
		}
		return switch (event) {
			case "workflow_run" -> run(payload);
			case "push" -> announce(push(repository, payload));
			case "deployment_status" -> announce(deployment(payload));
			default -> Taken.IGNORED;
		};
	}

	/** Forgets deliveries that nobody can send again. */
	@Transactional
	public int forgetOld() {
		return this.jdbc
			.sql("delete from control.github_delivery where received_at < now() - make_interval(secs => :age)")
			.param("age", (double) REMEMBERED.toSeconds())
			.update();
	}

	private boolean isNew(String id, String event, byte[] signature) {
		return this.jdbc.sql("""
				insert into control.github_delivery (delivery_id, signature, event) values (:id, :signature, :event)
				on conflict do nothing
				""").param("id", id).param("signature", signature).param("event", event).update() == 1;
	}

	private Taken run(Payload payload) {
		if (payload.run() == null) {
			return Taken.IGNORED;
		}
		this.builds.heard(this.github.repository(), payload.run());
		return Taken.TAKEN;
	}

	private Taken announce(Optional<BuildChanged> event) {
		event.ifPresent((told) -> this.outbox.append(List.of(told)));
		return event.isPresent() ? Taken.TAKEN : Taken.IGNORED;
	}

	// What is pushed to other branches changes nothing that runs.
	private Optional<BuildChanged> push(Payload.Repository repository, Payload payload) {
		String branch = (payload.ref() != null && payload.ref().startsWith(BRANCHES))
				? payload.ref().substring(BRANCHES.length()) : "";
		if (branch.isEmpty() || !branch.equals(repository.defaultBranch()) || payload.after() == null
				|| Boolean.TRUE.equals(payload.deleted())) {
			return Optional.empty();
		}
		int commits = (payload.commits() != null) ? payload.commits().size() : 0;
		String message = (payload.head() != null && payload.head().message() != null) ? payload.head().message() : "";
		String what = commits + ((commits == 1) ? " commit to " : " commits to ") + branch + ": " + firstLine(message)
				+ " (" + shortened(payload.after()) + ")";
		return Optional.of(event(BuildChanged.COMMIT, "commit/" + payload.after(), defaultService(), "pushed", what,
				payload.compare(), null));
	}

	private Optional<BuildChanged> deployment(Payload payload) {
		Payload.Deployment deployment = payload.deployment();
		Payload.DeploymentStatus status = payload.deploymentStatus();
		if (deployment == null || status == null || status.state() == null) {
			return Optional.empty();
		}
		String what = "deployed " + text(deployment.ref()) + " (" + shortened(text(deployment.sha())) + ") to "
				+ text(deployment.environment());
		Instant at = (status.updatedAt() != null) ? status.updatedAt() : status.createdAt();
		return Optional.of(event(BuildChanged.DEPLOYMENT, "deployment/" + deployment.id(), service(deployment),
				status.state(), what, status.targetUrl(), at));
	}

	private BuildChanged event(String kind, String subject, String service, String state, String what,
			@Nullable String link, @Nullable Instant at) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		return new BuildChanged(UUID.randomUUID(), (at != null && at.isBefore(now)) ? at : now,
				this.properties.projectId(), kind, subject, service, state, what, (link != null) ? link : "");
	}

	// Whoever deploys may name the service in the payload of the deployment.
	private String service(Payload.Deployment deployment) {
		return (deployment.payload() instanceof Map<?, ?> payload && payload.get("service") instanceof String service
				&& !service.isBlank()) ? service.strip() : defaultService();
	}

	private String defaultService() {
		return this.properties.serviceOr(this.github.repository());
	}

	private static String firstLine(String text) {
		String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ").strip();
		return line.substring(0, Math.min(line.length(), LONGEST_MESSAGE));
	}

	private static String shortened(String sha) {
		return sha.substring(0, Math.min(sha.length(), SHORT_SHA));
	}

	private static String text(@Nullable String text) {
		return (text != null) ? firstLine(text) : "?";
	}

	/** What became of a delivery. */
	enum Taken {

		TAKEN, KNOWN, IGNORED

	}

}
