package dev.whence.control.build.github;

import java.time.Instant;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A run as GitHub shows it. What is in it was checked: the id is positive, words are
 * words, links are links.
 *
 * @param id beyond 2^31 for years now
 * @param status queued, in_progress, completed and others
 * @param conclusion how it ended; null while it has not
 * @param displayTitle what the workflow's {@code run-name} makes
 * @param branch what it builds
 * @param actor who started it; null when that is not said
 */
public record WorkflowRun(long id, String status, @Nullable String conclusion,
		@JsonProperty("html_url") @Nullable String htmlUrl,
		@JsonProperty("display_title") @Nullable String displayTitle,
		@JsonProperty("head_branch") @Nullable String branch, @Nullable String event,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("run_started_at") @Nullable Instant startedAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt, @Nullable GitHubUser actor) {

	private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");

	private static final Pattern LINK = Pattern.compile("https?://[^\\s\\p{Cntrl}\"'<>]{1,1000}");

	public WorkflowRun {
		if (id <= 0 || !WORD.matcher(status).matches() || (conclusion != null && !WORD.matcher(conclusion).matches())) {
			throw new IllegalArgumentException("not a workflow run");
		}
		htmlUrl = link(htmlUrl);
	}

	/** The text where it is a link that a page may show; null otherwise. */
	static @Nullable String link(@Nullable String text) {
		return (text != null && LINK.matcher(text).matches()) ? text : null;
	}

	public boolean isCompleted() {
		return this.status.equals("completed");
	}

	/** Who started it; null when that is not said. */
	public @Nullable String actorLogin() {
		return (this.actor != null) ? this.actor.login() : null;
	}

	/** Whether its title has these words. */
	public boolean isTitled(String words) {
		return this.displayTitle != null && this.displayTitle.contains(words);
	}

}
