package dev.whence.control.build.github;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What GitHub, or whoever answers in its place, may say, and what is made of it. */
@Timeout(60)
class GitHubTests {

	private static final String REPOSITORY = "/repos/acme/images";

	private static final String RUN = REPOSITORY + "/actions/runs/12345";

	private static final String RUNS = REPOSITORY + "/actions/workflows/161335/runs";

	private static final String DISPATCHES = REPOSITORY + "/actions/workflows/161335/dispatches";

	private static final String CANCEL = RUN + "/cancel";

	private static final String TOKEN = "ghp_secret_token_of_the_tests";

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final String QUEUED = """
			{"id":%d,"status":"queued","conclusion":null,"html_url":"https://github.com/acme/images/actions/runs/1",
			"head_branch":"main","event":"workflow_dispatch","created_at":"2026-03-01T11:59:59Z","unknown":{"a":[1]}}""";

	@RegisterExtension
	static final WireMockExtension SERVER = WireMockExtension.newInstance()
		.options(WireMockConfiguration.wireMockConfig().dynamicPort())
		.build();

	private GitHub github;

	@BeforeEach
	void connect() {
		this.github = github("127.0.0.0/8");
	}

	@AfterEach
	void close() throws Exception {
		this.github.close();
	}

	@Test
	void everyRequestCarriesTheTokenAndTheVersion() {
		SERVER.stubFor(get(RUN).willReturn(okJson(QUEUED.formatted(12345))));
		assertThat(this.github.run(12345).status()).isEqualTo("queued");
		SERVER.verify(WireMock.getRequestedFor(urlPathEqualTo(RUN))
			.withHeader("Authorization", equalTo("Bearer " + TOKEN))
			.withHeader("Accept", equalTo("application/vnd.github+json"))
			.withHeader("X-GitHub-Api-Version", equalTo("2022-11-28"))
			.withHeader("User-Agent", equalTo("Whence")));
	}

	@Test
	void runIdsAreLargerThanAnInt() {
		long id = 9_000_000_000_123L;
		SERVER.stubFor(get(REPOSITORY + "/actions/runs/" + id).willReturn(okJson(QUEUED.formatted(id))));
		assertThat(this.github.run(id).id()).isEqualTo(id);
		SERVER.stubFor(post(DISPATCHES).willReturn(okJson("{\"workflow_run_id\":" + id + "}")));
		assertThat(dispatch()).isEqualTo(new Dispatch.Started(id, null));
	}

	@Test
	void aDispatchSaysWhatItIsToldAndNamesTheRun() {
		SERVER.stubFor(post(DISPATCHES).willReturn(okJson("""
				{"workflow_run_id":12345,"run_url":"https://api.github.com/x","html_url":"https://github.com/x"}""")));
		assertThat(dispatch()).isEqualTo(new Dispatch.Started(12345, "https://github.com/x"));
		SERVER.verify(1, postRequestedFor(urlPathEqualTo(DISPATCHES)).withRequestBody(equalToJson("""
				{"ref":"main","inputs":{"image_type":"fedora-bootc"},"return_run_details":true}""")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 422 })
	void aServerThatCannotNameRunsIsAskedWithoutItFromThenOn(int status) {
		SERVER.stubFor(post(DISPATCHES).withRequestBody(WireMock.matchingJsonPath("$.return_run_details"))
			.willReturn(aResponse().withStatus(status)));
		SERVER.stubFor(post(DISPATCHES).withRequestBody(equalToJson("""
				{"ref":"main","inputs":{"image_type":"fedora-bootc"}}""")).willReturn(aResponse().withStatus(204)));
		assertThat(dispatch()).isEqualTo(new Dispatch.Accepted());
		assertThat(dispatch()).isEqualTo(new Dispatch.Accepted());
		SERVER.verify(3, postRequestedFor(urlPathEqualTo(DISPATCHES)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 409, 422 })
	void aRefusedDispatchIsFinal(int status) {
		SERVER.stubFor(post(DISPATCHES)
			.willReturn(aResponse().withStatus(status).withBody("{\"message\":\"No ref found\\nfor: main\"}")));
		assertThat(dispatch())
			.isEqualTo(new Dispatch.Refused("GitHub answered " + status + ": No ref found for: main"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503 })
	void aDispatchIsNeverRepeatedAfterAnAnswerThatLeavesADoubt(int status) {
		SERVER.stubFor(post(DISPATCHES).willReturn(aResponse().withStatus(status)));
		assertThat(dispatch()).isEqualTo(new Dispatch.Failed("GitHub answered " + status));
		SERVER.verify(1, postRequestedFor(urlPathEqualTo(DISPATCHES)));
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void aDispatchWithoutAnAnswerIsUnknownAndNotRepeated(Fault fault) {
		SERVER.stubFor(post(DISPATCHES).willReturn(aResponse().withFault(fault)));
		assertThat(dispatch()).isInstanceOfAny(Dispatch.Unknown.class, Dispatch.Accepted.class);
		SERVER.verify(1, postRequestedFor(urlPathEqualTo(DISPATCHES)));
	}

	@Test
	void aDispatchThatTakesTooLongIsUnknown() {
		SERVER.stubFor(post(DISPATCHES).willReturn(aResponse().withFixedDelay(10_000)));
		long begun = System.nanoTime();
		assertThat(dispatch()).isInstanceOf(Dispatch.Unknown.class);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
	}

	@Test
	void aDispatchThatNobodyListensToIsForLater() throws Exception {
		GitHub nobody = new GitHub(properties("http://127.0.0.1:1", "127.0.0.0/8"), InstantSource.fixed(NOW),
				new SimpleMeterRegistry());
		assertThat(nobody.dispatch(161335, "main", Map.of())).isInstanceOf(Dispatch.Later.class);
		nobody.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>ok</html>", "[]", "{}", "null", "{\"workflow_run_id\":null}",
			"{\"workflow_run_id\":-5}", "{\"workflow_run_id\":{\"a\":1}}", "{\"workflow_run_id\":1e400}" })
	void whateverASuccessSaysTheRunWasStarted(String body) {
		SERVER.stubFor(post(DISPATCHES).willReturn(okJson(body)));
		assertThat(dispatch()).isEqualTo(new Dispatch.Accepted());
	}

	@Test
	void aLimitClosesTheGateUntilItsTime() {
		SERVER.stubFor(post(DISPATCHES).willReturn(aResponse().withStatus(403)
			.withHeader("X-RateLimit-Remaining", "0")
			.withHeader("X-RateLimit-Reset", String.valueOf(NOW.plusSeconds(600).getEpochSecond()))));
		assertThat(dispatch()).isInstanceOfSatisfying(Dispatch.Later.class,
				(later) -> assertThat(later.at()).isEqualTo(NOW.plusSeconds(600)));
		assertThat(dispatch()).isInstanceOf(Dispatch.Later.class);
		assertThat(failure(() -> this.github.run(12345)).kind()).isEqualTo(GitHubException.Kind.LIMITED);
		SERVER.verify(1, anyRequestedFor(anyUrl()));
	}

	@Test
	void theLastCallThatIsAllowedIsTheLast() {
		SERVER.stubFor(get(RUN).willReturn(okJson(QUEUED.formatted(12345)).withHeader("X-RateLimit-Remaining", "0")
			.withHeader("X-RateLimit-Reset", String.valueOf(NOW.plusSeconds(60).getEpochSecond()))));
		assertThat(this.github.run(12345)).isNotNull();
		assertThat(failure(() -> this.github.run(12345)).retryAt()).isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void theSecondaryLimitIsKnownByItsHeaderOrItsWords() throws Exception {
		List<ResponseDefinitionBuilder> limits = List.of(aResponse().withStatus(403).withHeader("Retry-After", "30"),
				aResponse().withStatus(429),
				aResponse().withStatus(403).withBody("{\"message\":\"You have exceeded a secondary rate limit\"}"));
		for (ResponseDefinitionBuilder limit : limits) {
			SERVER.resetAll();
			SERVER.stubFor(get(RUN).willReturn(limit));
			GitHub fresh = github("127.0.0.0/8");
			assertThat(failure(() -> fresh.run(12345))).satisfies((failure) -> {
				assertThat(failure.kind()).isEqualTo(GitHubException.Kind.LIMITED);
				assertThat(failure.retryAt()).isBetween(NOW.plusSeconds(30), NOW.plusSeconds(60));
			});
			SERVER.verify(1, anyRequestedFor(anyUrl()));
			fresh.close();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503, 504 })
	void aQuestionIsAskedAgainWhenGitHubFails(int status) {
		SERVER.stubFor(get(RUN).inScenario("twice")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(aResponse().withStatus(status))
			.willSetStateTo("well"));
		SERVER.stubFor(
				get(RUN).inScenario("twice").whenScenarioStateIs("well").willReturn(okJson(QUEUED.formatted(12345))));
		assertThat(this.github.run(12345).id()).isEqualTo(12345);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 409, 422 })
	void aQuestionIsNotAskedAgainWhenItIsRefused(int status) {
		SERVER.stubFor(get(RUN).willReturn(aResponse().withStatus(status)));
		assertThat(failure(() -> this.github.run(12345)).status()).isEqualTo(status);
		SERVER.verify(1, anyRequestedFor(anyUrl()));
	}

	@Test
	void whatFailsAgainAndAgainIsLeftAlone() {
		SERVER.stubFor(get(RUN).willReturn(aResponse().withStatus(503)));
		for (int n = 0; n < 5; n++) {
			failure(() -> this.github.run(12345));
		}
		int calls = SERVER.getAllServeEvents().size();
		assertThat(failure(() -> this.github.run(12345)).kind()).isEqualTo(GitHubException.Kind.UNREACHABLE);
		assertThat(dispatch()).isInstanceOf(Dispatch.Later.class);
		assertThat(SERVER.getAllServeEvents()).hasSize(calls);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html><body>Sign in</body></html>", "", "null", "[]", "{}", "{\"id\":12345}",
			"{\"id\":\"x\",\"status\":\"queued\"}", "{\"id\":12345,\"status\":7.5e3000}",
			"{\"id\":12345,\"status\":\"<script>\"}", "{\"id\":12345,\"status\":\"queued\",\"created_at\":\"soon\"}",
			"{\"id\":-1,\"status\":\"queued\"}", "{\"id\":54321,\"status\":\"queued\"}",
			"{\"id\":12345,\"status\":\"completed\",\"conclusion\":[]}", "{\"id\":12345,\"status\":\"queued\"" })
	void whatIsNoRunIsNoRun(String body) {
		SERVER.stubFor(get(RUN).willReturn(okJson(body)));
		assertThat(failure(() -> this.github.run(12345)).kind()).isEqualTo(GitHubException.Kind.UNREADABLE);
	}

	@Test
	void deepAndHugeAnswersAreCutOff() {
		SERVER.stubFor(get(RUN).willReturn(okJson("{\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}")));
		assertThat(failure(() -> this.github.run(12345)).kind()).isEqualTo(GitHubException.Kind.UNREADABLE);
		SERVER.stubFor(get(RUN).willReturn(okJson("{\"x\":\"" + "x".repeat(3_000_000) + "\"}")));
		assertThat(failure(() -> this.github.run(12345)).kind()).isEqualTo(GitHubException.Kind.UNREADABLE);
		SERVER.stubFor(post(DISPATCHES).willReturn(okJson("x".repeat(3_000_000))));
		assertThat(dispatch()).isEqualTo(new Dispatch.Accepted());
	}

	@Test
	void anAnswerThatDripsEndsInTime() {
		SERVER.stubFor(get(RUN).willReturn(aResponse().withHeader("Content-Type", "application/json")
			.withBody(QUEUED.formatted(12345))
			.withChunkedDribbleDelay(100, 20_000)));
		long begun = System.nanoTime();
		assertThat(failure(() -> this.github.run(12345)).kind()).isEqualTo(GitHubException.Kind.UNANSWERED);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
	}

	@Test
	void redirectsAreNotFollowedAndTheTokenGoesNowhereElse() {
		SERVER.stubFor(get(RUN)
			.willReturn(aResponse().withStatus(302).withHeader("Location", SERVER.baseUrl() + "/latest/meta-data/")));
		assertThat(failure(() -> this.github.run(12345)).kind()).isEqualTo(GitHubException.Kind.REFUSED);
		SERVER.stubFor(post(DISPATCHES)
			.willReturn(aResponse().withStatus(307).withHeader("Location", SERVER.baseUrl() + "/latest/meta-data/")));
		assertThat(dispatch()).isInstanceOf(Dispatch.Refused.class);
		SERVER.verify(0, anyRequestedFor(urlPathEqualTo("/latest/meta-data/")));
	}

	@Test
	void linksThatAreNoneAreLeftOut() {
		SERVER.stubFor(get(RUN).willReturn(okJson("""
				{"id":12345,"status":"queued","html_url":"javascript:alert(1)"}""")));
		assertThat(this.github.run(12345).htmlUrl()).isNull();
	}

	@Test
	void theTokenIsInNoMessage() {
		SERVER.stubFor(
				get(RUN).willReturn(aResponse().withStatus(401).withBody("{\"message\":\"Bearer " + TOKEN + "\"}")));
		assertThat(failure(() -> this.github.run(12345)).reason()).isEqualTo("GitHub answered 401: Bearer ***");
		assertThat(properties(SERVER.baseUrl()).toString()).doesNotContain(TOKEN).doesNotContain("webhook");
	}

	@Test
	void addressesThatAreNotPublicAreNotCalledUnlessAllowed() throws Exception {
		SERVER.stubFor(WireMock.any(anyUrl()).willReturn(okJson("{}")));
		GitHub guarded = github();
		assertThat(failure(() -> guarded.run(12345)).reason()).contains("allowed-networks");
		assertThat(guarded.dispatch(161335, "main", Map.of())).isInstanceOf(Dispatch.Later.class);
		SERVER.verify(0, anyRequestedFor(anyUrl()));
		guarded.close();
	}

	@Test
	void aCancellationIsGivenOnceAndAConflictMeansThatItIsOver() {
		SERVER.stubFor(post(CANCEL).willReturn(aResponse().withStatus(202).withBody("{}")));
		assertThat(this.github.cancel(12345)).isTrue();
		SERVER.stubFor(post(CANCEL).willReturn(aResponse().withStatus(409)));
		assertThat(this.github.cancel(12345)).isFalse();
		SERVER.stubFor(post(CANCEL).willReturn(aResponse().withStatus(500)));
		assertThat(failure(() -> this.github.cancel(12345)).kind()).isEqualTo(GitHubException.Kind.FAILED);
		SERVER.verify(3, anyRequestedFor(anyUrl()));
	}

	@Test
	void runsAreThoseOfTheBranchSinceATime() {
		MappingBuilder listed = get(urlPathEqualTo(RUNS)).withQueryParam("branch", equalTo("feature/a b"))
			.withQueryParam("event", equalTo("workflow_dispatch"))
			.withQueryParam("created", equalTo(">=2026-03-01T11:58:00Z"));
		SERVER.stubFor(
				listed.willReturn(okJson("{\"total_count\":1,\"workflow_runs\":[" + QUEUED.formatted(12345) + "]}")));
		assertThat(this.github.runs(161335, "feature/a b", NOW.minusSeconds(120))).extracting(WorkflowRun::id)
			.containsExactly(12345L);
	}

	@Test
	void withoutATokenNothingIsSent() throws Exception {
		GitHub unconfigured = new GitHub(new GitHubProperties(URI.create(SERVER.baseUrl()), " ", "", "build.yml", "",
				null, DataSize.ofMegabytes(2), List.of(), Duration.ofSeconds(1), Duration.ofSeconds(2),
				DataSize.ofMegabytes(2), 2), InstantSource.fixed(NOW), new SimpleMeterRegistry());
		assertThat(unconfigured.isConfigured()).isFalse();
		assertThatExceptionOfType(GitHubException.class).isThrownBy(() -> unconfigured.run(1));
		SERVER.verify(0, anyRequestedFor(anyUrl()));
		unconfigured.close();
	}

	private Dispatch dispatch() {
		return this.github.dispatch(161335, "main", Map.of("image_type", "fedora-bootc"));
	}

	private static GitHubException failure(Runnable call) {
		GitHubException failure = catchThrowableOfType(GitHubException.class, call::run);
		assertThat(failure).isNotNull();
		return failure;
	}

	private static GitHub github(String... allowed) {
		return new GitHub(properties(SERVER.baseUrl(), allowed), InstantSource.fixed(NOW), new SimpleMeterRegistry());
	}

	private static GitHubProperties properties(String url, String... allowed) {
		return new GitHubProperties(URI.create(url), TOKEN, "acme/images", "build.yml", "", "a webhook secret of 16",
				DataSize.ofMegabytes(2), List.of(allowed), Duration.ofSeconds(1), Duration.ofSeconds(2),
				DataSize.ofMegabytes(2), 2);
	}

}
