package dev.whence.control.build.github;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where builds run.
 *
 * @param apiUrl of GitHub, or of a GitHub Enterprise Server including its {@code /api/v3}
 * @param token may start, read and cancel workflow runs of the one repository; without
 * one nothing is built
 * @param repository owner and name
 * @param workflow the file name of the workflow that builds
 * @param correlationInput the name of an input of that workflow which its
 * {@code run-name} shows; empty when it has none
 * @param webhookSecret signs what GitHub sends; without one nothing is taken
 * @param webhookLimit the largest delivery that is read
 * @param allowedNetworks where a GitHub Enterprise Server may be although that is not
 * public, each as CIDR
 * @param connectTimeout until a connection stands
 * @param timeLimit for one call as a whole
 * @param responseLimit as much of an answer as is read
 * @param readAttempts how often a question is asked that fails; commands are given once
 */
@Validated
@ConfigurationProperties("whence.builds.github")
public record GitHubProperties(@DefaultValue("https://api.github.com") URI apiUrl, @Nullable String token,
		@DefaultValue("") String repository, @DefaultValue("build.yml") String workflow,
		@DefaultValue("") String correlationInput, @Nullable String webhookSecret,
		@DefaultValue("2MB") DataSize webhookLimit, @DefaultValue List<String> allowedNetworks,
		@DefaultValue("2s") Duration connectTimeout, @DefaultValue("10s") Duration timeLimit,
		@DefaultValue("4MB") DataSize responseLimit, @DefaultValue("3") @Min(1) @Max(10) int readAttempts) {

	private static final String PREFIX = "whence.builds.github.";

	private static final Pattern REPOSITORY = Pattern
		.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");

	private static final Pattern WORKFLOW = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

	private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,512}");

	/** GitHub's own advice for secrets is 32 random bytes; less than half is none. */
	private static final int SHORTEST_SECRET = 16;

	public GitHubProperties {
		token = blankToNull(token);
		webhookSecret = blankToNull(webhookSecret);
		allowedNetworks = allowedNetworks.stream().map(String::strip).filter((network) -> !network.isEmpty()).toList();
		if (apiUrl.getHost() == null || !("https".equals(apiUrl.getScheme()) || "http".equals(apiUrl.getScheme()))
				|| apiUrl.getRawUserInfo() != null || apiUrl.getRawQuery() != null || apiUrl.getRawFragment() != null) {
			throw new IllegalArgumentException(PREFIX + "api-url is an http or https address without user and query");
		}
		if (token != null && !TOKEN.matcher(token).matches()) {
			throw new IllegalArgumentException(PREFIX + "token has characters that no header can carry");
		}
		if (!repository.isEmpty() && !REPOSITORY.matcher(repository).matches()) {
			throw new IllegalArgumentException(PREFIX + "repository is owner/name, this one is '" + repository + "'");
		}
		if (token != null && repository.isEmpty()) {
			throw new IllegalArgumentException(PREFIX + "token is set, so " + PREFIX + "repository has to be, too");
		}
		if (!WORKFLOW.matcher(workflow).matches()) {
			throw new IllegalArgumentException(
					PREFIX + "workflow is the file name of a workflow, this one is '" + workflow + "'");
		}
		if (!correlationInput.matches("[A-Za-z0-9_-]{0,100}")) {
			throw new IllegalArgumentException(PREFIX + "correlation-input is the name of a workflow's input");
		}
		if (webhookSecret != null && webhookSecret.length() < SHORTEST_SECRET) {
			throw new IllegalArgumentException(
					PREFIX + "webhook-secret has at least " + SHORTEST_SECRET + " characters");
		}
	}

	/** Whether builds can be started at all. */
	public boolean isConfigured() {
		return this.token != null;
	}

	String owner() {
		return this.repository.substring(0, this.repository.indexOf('/'));
	}

	/** The repository without its owner. */
	public String name() {
		return this.repository.substring(this.repository.indexOf('/') + 1);
	}

	/** Leaves the secrets out, so that no report of the configuration can show them. */
	@Override
	public String toString() {
		return "GitHubProperties[apiUrl=" + this.apiUrl + ", repository=" + this.repository + ", workflow="
				+ this.workflow + "]";
	}

	private static @Nullable String blankToNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

}
