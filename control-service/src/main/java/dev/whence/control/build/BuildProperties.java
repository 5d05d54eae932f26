package dev.whence.control.build;

import java.time.Duration;

import dev.whence.model.ProjectId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How builds are driven to their end.
 *
 * @param service whose telemetry builds, deployments and commits may explain; empty for
 * the name of the repository
 * @param project whose timeline tells of deployments and commits; builds have their own
 * @param polling whether GitHub is asked for runs; without it only its webhook tells
 * @param pollEvery how often GitHub is asked for a run that goes on
 * @param answerWithin how long a request waits for GitHub to start a run; what takes
 * longer goes on without it
 * @param lease after this without an end another process takes a step over
 * @param look how often due steps are looked for
 * @param lookFor how long a run whose dispatch brought no answer is looked for
 * @param giveUpAfter how long a dispatch is tried while GitHub cannot be reached
 * @param concurrency steps that one process takes at the same time
 * @param listeners event streams that are open at the same time in one process
 * @param listenersPerProject of them, those of one project
 * @param heartbeat how long a stream is silent at most
 * @param streamFor how long a stream is open before its reader has to show its credential
 * again
 */
@Validated
@ConfigurationProperties("whence.builds")
public record BuildProperties(@DefaultValue("") String service, @DefaultValue("1") @Min(1) int project,
		@DefaultValue("true") boolean polling, @DefaultValue("30s") @DurationMin(millis = 50) Duration pollEvery,
		@DefaultValue("5s") Duration answerWithin, @DefaultValue("2m") @DurationMin(millis = 100) Duration lease,
		@DefaultValue("500ms") @DurationMin(millis = 10) Duration look,
		@DefaultValue("60s") @DurationMin(millis = 100) Duration lookFor,
		@DefaultValue("10m") @DurationMin(millis = 100) Duration giveUpAfter,
		@DefaultValue("2") @Min(1) @Max(32) int concurrency, @DefaultValue("64") @Min(1) int listeners,
		@DefaultValue("16") @Min(1) int listenersPerProject,
		@DefaultValue("15s") @DurationMin(millis = 50) Duration heartbeat, @DefaultValue("60s") Duration streamFor) {

	/** Whose timeline tells of what has no build. */
	public ProjectId projectId() {
		return new ProjectId(this.project);
	}

	/** Whose telemetry it may explain. */
	public String serviceOr(String repository) {
		return this.service.isBlank() ? repository.substring(repository.indexOf('/') + 1) : this.service.strip();
	}

}
