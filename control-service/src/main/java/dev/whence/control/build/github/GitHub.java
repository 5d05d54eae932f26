package dev.whence.control.build.github;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The one repository whose workflow builds. Questions are asked again when the way to
 * GitHub is in trouble; commands are given exactly once, and their outcome says whether
 * that is certain. Every call ends in time, none is made while GitHub asks for a pause or
 * fails again and again.
 */
@Component
public class GitHub {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

	private static final Duration BREAKER_PAUSE = Duration.ofSeconds(15);

	/** What a page of runs holds; nobody starts more while one dispatch is looked for. */
	private static final int PAGE = 50;

	private static final String DISPATCHED_BY_API = "workflow_dispatch";

	private final GitHubProperties properties;

	private final CloseableHttpClient http;

	private final GitHubApi api;

	private final JsonMapper json;

	private final RateGate gate;

	private final CircuitBreaker breaker;

	private final Retry retry;

	private final TimeLimiter limiter;

	private final ExecutorService calls = Executors
		.newThreadPerTaskExecutor(Thread.ofVirtual().name("github-", 0).factory());

	/** Whether this server has refused to name the runs that it starts. */
	private volatile boolean namesNoRuns;

	/** Whose token it is, once that is known; empty when nobody says. */
	private volatile @Nullable Optional<String> login;

	GitHub(GitHubProperties properties, InstantSource clock, MeterRegistry meters) {
		this.properties = properties;
		this.http = GitHubClients.http(properties);
		this.json = GitHubClients.json(properties);
		this.gate = new RateGate(clock);
		this.api = GitHubClients.api(properties, this.http, this.gate, this.json);
		CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
			.slidingWindowSize(10)
			.minimumNumberOfCalls(5)
			.waitDurationInOpenState(BREAKER_PAUSE)
			.recordException(GitHub::isTrouble)
			.build());
		this.breaker = breakers.circuitBreaker("github");
		TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
		this.retry = Retry.of("github",
				RetryConfig.custom()
					.maxAttempts(properties.readAttempts())
					.intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2.0))
					.retryOnException((ex) -> isTrouble(ex) && !(ex.getCause() instanceof CallNotPermittedException))
					.build());
		this.limiter = TimeLimiter
			.of(TimeLimiterConfig.custom().timeoutDuration(properties.timeLimit()).cancelRunningFuture(true).build());
	}

	/** Whether builds can be started at all. */
	public boolean isConfigured() {
		return this.properties.isConfigured();
	}

	/** Whether the latest calls were answered, as far as any were made. */
	public boolean isAnswering() {
		return this.breaker.getState() == CircuitBreaker.State.CLOSED;
	}

	/** Owner and name. */
	public String repository() {
		return this.properties.repository();
	}

	/**
	 * Asks for the repository.
	 * @throws GitHubException when it does not answer
	 */
	public void check() {
		ask(() -> this.api.repository(this.properties.owner(), this.properties.name()));
	}

	/**
	 * The number of the workflow that builds.
	 * @throws GitHubException when GitHub does not know it or does not answer
	 */
	public long workflow() {
		return ask(() -> this.api.workflow(this.properties.owner(), this.properties.name(), this.properties.workflow()))
			.id();
	}

	/**
	 * Starts a run. Sent once, and once more only after a refusal that names no reason to
	 * believe that anything was started.
	 */
	public Dispatch dispatch(long workflow, String ref, Map<String, String> inputs) {
		if (!this.namesNoRuns) {
			try {
				return started(send(workflow, new GitHubApi.DispatchBody(ref, inputs, true)));
			}
			catch (GitHubException ex) {
				if (ex.status() != 400 && ex.status() != 422) {
					return outcome(ex);
				}
			}
		}
		try {
			ResponseEntity<byte[]> answer = send(workflow, new GitHubApi.DispatchBody(ref, inputs, null));
			this.namesNoRuns = true;
			return started(answer);
		}
		catch (GitHubException ex) {
			return outcome(ex);
		}
	}

	/**
	 * The runs of the workflow that were started by its API or by hand for the branch,
	 * newest first.
	 * @param since no older ones; null for the newest of all
	 * @throws GitHubException when GitHub does not answer
	 */
	public List<WorkflowRun> runs(long workflow, String branch, @Nullable Instant since) {
		return ask(() -> this.api.runs(this.properties.owner(), this.properties.name(), workflow, branch,
				DISPATCHED_BY_API, (since != null) ? GitHubApi.since(since) : null, PAGE))
			.runs();
	}

	/**
	 * One run.
	 * @throws GitHubException when GitHub does not know it or does not answer
	 */
	public WorkflowRun run(long id) {
		WorkflowRun run = ask(() -> this.api.run(this.properties.owner(), this.properties.name(), id));
		if (run.id() != id) {
			throw new GitHubException(GitHubException.Kind.UNREADABLE, "GitHub answered with another run", null);
		}
		return run;
	}

	/**
	 * Asks that a run ends. To ask twice does no harm.
	 * @return false when it has ended already
	 * @throws GitHubException when it was not taken
	 */
	public boolean cancel(long run) {
		try {
			call(() -> this.api.cancel(this.properties.owner(), this.properties.name(), run));
			return true;
		}
		catch (GitHubException ex) {
			if (ex.status() == 409) {
				return false;
			}
			throw ex;
		}
	}

	/** Whose token this is; empty when GitHub does not say, as for apps. */
	public Optional<String> login() {
		Optional<String> known = this.login;
		if (known != null) {
			return known;
		}
		try {
			Optional<String> told = Optional.ofNullable(call(this.api::user).login());
			this.login = told;
			return told;
		}
		catch (GitHubException ex) {
			if (ex.kind() == GitHubException.Kind.REFUSED || ex.kind() == GitHubException.Kind.NOT_FOUND) {
				this.login = Optional.empty();
			}
			return Optional.empty();
		}
	}

	@PreDestroy
	void close() throws IOException {
		this.calls.shutdownNow();
		this.http.close();
	}

	private ResponseEntity<byte[]> send(long workflow, GitHubApi.DispatchBody body) {
		return call(() -> this.api.dispatch(this.properties.owner(), this.properties.name(), workflow, body));
	}

	// Whatever a 2xx says, a run was started.
	private Dispatch started(ResponseEntity<byte[]> answer) {
		byte[] body = answer.getBody();
		if (body == null || body.length == 0) {
			return new Dispatch.Accepted();
		}
		try {
			GitHubApi.RunDetails details = this.json.readValue(body, GitHubApi.RunDetails.class);
			if (details != null && details.runId() > 0) {
				return new Dispatch.Started(details.runId(), WorkflowRun.link(details.htmlUrl()));
			}
		}
		catch (JacksonException _) {
			// It is looked for among the runs instead.
		}
		return new Dispatch.Accepted();
	}

	private static Dispatch outcome(GitHubException failure) {
		String reason = failure.reason();
		return switch (failure.kind()) {
			case NOT_FOUND, REFUSED -> new Dispatch.Refused(reason);
			case LIMITED -> new Dispatch.Later(reason, failure.retryAt());
			case UNREACHABLE -> new Dispatch.Later(reason, null);
			case FAILED -> new Dispatch.Failed(reason);
			case UNANSWERED -> new Dispatch.Unknown(reason);
			case UNREADABLE -> new Dispatch.Accepted();
		};
	}

	private <T> T ask(Callable<T> question) {
		return this.retry.executeSupplier(() -> call(question));
	}

	private <T> T call(Callable<T> call) {
		if (!isConfigured()) {
			throw new GitHubException(GitHubException.Kind.UNREACHABLE, "No token for GitHub is configured", null);
		}
		Instant until = this.gate.closedUntil();
		if (until != null) {
			throw new GitHubException(GitHubException.Kind.LIMITED, 0, "GitHub asks to wait until " + until, until,
					null);
		}
		try {
			return this.breaker.executeSupplier(() -> inTime(call));
		}
		catch (CallNotPermittedException ex) {
			throw new GitHubException(GitHubException.Kind.UNREACHABLE,
					"GitHub fails again and again and is left alone for a moment", ex);
		}
	}

	// A virtual thread that is interrupted closes the connection that it reads from.
	private <T> T inTime(Callable<T> call) {
		try {
			T answer = this.limiter.executeFutureSupplier(() -> this.calls.submit(call));
			if (answer == null) {
				throw new GitHubException(GitHubException.Kind.UNREADABLE, "GitHub's answer is empty", null);
			}
			return answer;
		}
		catch (TimeoutException ex) {
			throw new GitHubException(GitHubException.Kind.UNANSWERED,
					"GitHub did not answer within " + this.properties.timeLimit().toSeconds() + " s", ex);
		}
		catch (GitHubException ex) {
			throw ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new GitHubException(GitHubException.Kind.UNANSWERED, "The service ends", ex);
		}
		catch (Exception ex) {
			throw translated(ex);
		}
	}

	private static GitHubException translated(Exception failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof FilteredHostException) {
				return new GitHubException(GitHubException.Kind.UNREACHABLE,
						"The address of GitHub's API is none that may be called, see whence.builds.github.allowed-networks",
						failure);
			}
			if (isBeforeTheRequest(cause)) {
				return new GitHubException(GitHubException.Kind.UNREACHABLE,
						"GitHub cannot be reached: " + cause.getClass().getSimpleName(), failure);
			}
			if (cause instanceof BoundedResponse.TooLargeException) {
				return new GitHubException(GitHubException.Kind.UNREADABLE, "GitHub's answer is too large", failure);
			}
		}
		if (failure instanceof ResourceAccessException) {
			return new GitHubException(GitHubException.Kind.UNANSWERED, "The connection to GitHub broke", failure);
		}
		return new GitHubException(GitHubException.Kind.UNREADABLE, "GitHub's answer cannot be read", failure);
	}

	private static boolean isBeforeTheRequest(Throwable cause) {
		return cause instanceof UnknownHostException || cause instanceof ConnectException
				|| cause instanceof NoRouteToHostException || cause instanceof ConnectTimeoutException
				|| cause instanceof ConnectionRequestTimeoutException || cause instanceof SSLHandshakeException
				|| cause instanceof SSLPeerUnverifiedException;
	}

	private static boolean isTrouble(Throwable failure) {
		return failure instanceof GitHubException told && told.isTrouble();
	}

}
