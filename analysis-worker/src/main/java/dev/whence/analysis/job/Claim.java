package dev.whence.analysis.job;

import dev.whence.model.ProjectId;

/**
 * The right to do a piece of work, until the lease ends or somebody else claims it.
 *
 * @param wantedVersion what was wanted when the claim was made
 * @param attempt the fencing number: results under an older number are refused
 */
public record Claim(long jobId, ProjectId project, JobKind kind, String subject, long wantedVersion, long attempt) {
}
