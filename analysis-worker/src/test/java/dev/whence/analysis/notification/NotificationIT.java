package dev.whence.analysis.notification;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobsByHand;
import dev.whence.analysis.notification.message.Transitions;
import dev.whence.model.IncidentChanged;
import dev.whence.model.ProjectId;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a transition to the receiver, on a real PostgreSQL and over real HTTP. Jobs are
 * run by hand, so that each story has its order.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open",
				"whence.notification.secret-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
				"whence.notification.allowed-networks=127.0.0.1/32",
				"whence.notification.public-url=https://whence.example.org/", "whence.notification.timeout=5s",
				"whence.notification.first-retry=50ms", "whence.notification.longest-retry=100ms",
				"whence.notification.circuit-pause=1s", "whence.notification.cause-wait=2s",
				"whence.notification.sweep=1h" })
@Import(JobsByHand.class)
@WithPostgres
class NotificationIT {

	@RegisterExtension
	static final WireMockExtension TARGET = WireMockExtension.newInstance()
		.options(WireMockConfiguration.wireMockConfig().dynamicPort())
		.build();

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	@Autowired
	JobsByHand jobs;

	@Autowired
	JobQueue queue;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	EventWire wire;

	@Autowired
	Transitions transitions;

	@Autowired
	@Qualifier("notificationTrigger")
	SmartLifecycle trigger;

	@LocalServerPort
	int port;

	private final JsonMapper json = new JsonMapper();

	@BeforeEach
	void beginAnew() {
		this.jobs.takeOver();
		for (String table : List.of("delivery_attempt", "delivery", "notification_route", "notification_channel",
				"maintenance_window", "notified")) {
			this.jdbc.sql("delete from incidents." + table).update();
		}
		this.jdbc.sql("update incidents.job set done_version = wanted_version, lease_until = null").update();
		TARGET.stubFor(post(anyUrl()).willReturn(ok("thanks")));
	}

	@Test
	void aTransitionIsToldOnceHoweverOftenSomebodyWakes() {
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		for (int i = 0; i < 5; i++) {
			runEverything(incident);
		}
		assertThat(received()).singleElement().satisfies((message) -> {
			assertThat(message.path("type").stringValue()).isEqualTo("incident.opened");
			assertThat(message.path("incident").path("id").stringValue()).isEqualTo(incident.toString());
			assertThat(message.path("incident").path("severity").stringValue()).isEqualTo("high");
			assertThat(message.path("incident").path("url").stringValue())
				.isEqualTo("https://whence.example.org/incidents/" + incident);
		});
		happens(incident, "acknowledged");
		happens(incident, "resolved");
		happens(incident, "closed");
		runEverything(incident);
		assertThat(types()).as("closing what is resolved is no news")
			.containsExactly("incident.opened", "incident.acknowledged", "incident.resolved");
	}

	@Test
	void theWireOnlyWakesWhoeverLooksIntoTheDatabase() {
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		this.trigger.start();
		for (int i = 0; i < 3; i++) {
			this.wire
				.send(EventCodec
					.encode(new IncidentChanged(UUID.randomUUID(), Instant.now(), PROJECT, incident, 1, "opened")))
				.join();
		}
		Awaitility.await().untilAsserted(() -> {
			this.jobs.runAll();
			assertThat(types()).containsExactly("incident.opened");
		});
	}

	@Test
	void whatTheWireForgotIsFoundInTheDatabase() {
		UUID forgotten = incident("HIGH", "payment");
		UUID told = incident("HIGH", "payment");
		happens(forgotten, "opened");
		happens(told, "opened");
		runEverything(told);
		assertThat(this.transitions.behind(Duration.ofHours(1), Duration.ZERO, 1000))
			.extracting(Transitions.Behind::incident)
			.contains(forgotten)
			.doesNotContain(told);
	}

	@Test
	void theFirstMessageWaitsForTheCauseAndTellsIt() {
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		this.queue.want(PROJECT, JobKind.ANALYSE, incident.toString(), 1, Duration.ofHours(1));
		happens(incident, "opened");
		runEverything(incident);
		assertThat(received()).isEmpty();
		analysed(incident, 1, "LIKELY", "payment");
		runEverything(incident);
		assertThat(received()).singleElement().satisfies((message) -> {
			assertThat(message.path("type").stringValue()).isEqualTo("incident.opened");
			assertThat(message.path("cause").path("statement").stringValue()).isEqualTo("payment did it");
			assertThat(message.path("cause").path("evidence").stringValue()).isEqualTo("charged is missing");
		});
		assertThat(states()).containsExactly("sent", "folded");
		analysed(incident, 2, "LIKELY", "payment");
		runEverything(incident);
		assertThat(types()).as("the same answer again is no news").hasSize(1);
		analysed(incident, 3, "CONCLUSIVE", "inventory");
		runEverything(incident);
		assertThat(types()).containsExactly("incident.opened", "incident.cause_found");
	}

	@Test
	void theFirstMessageDoesNotWaitForEverAndTheCauseFollows() {
		route(webhook(), "new-only");
		UUID incident = incident("HIGH", "payment");
		this.queue.want(PROJECT, JobKind.ANALYSE, incident.toString(), 1, Duration.ofHours(1));
		happens(incident, "opened");
		runUntil(incident, () -> types().size() == 1);
		analysed(incident, 1, "LIKELY", "payment");
		runEverything(incident);
		assertThat(types()).as("even who wants new ones only hears it once")
			.containsExactly("incident.opened", "incident.cause_found");
		analysed(incident, 2, "LIKELY", "inventory");
		happens(incident, "acknowledged");
		runEverything(incident);
		assertThat(types()).hasSize(2);
	}

	@Test
	void whoWantsNewOnesOnlyHearsOfTheEscalationThatMakesOneBigEnough() {
		route(webhook(), "new-only");
		UUID incident = incident("MEDIUM", "payment");
		happens(incident, "opened");
		runEverything(incident);
		assertThat(received()).isEmpty();
		this.jdbc.sql("update incidents.incident set severity = 'CRITICAL' where id = ?").param(incident).update();
		happens(incident, "escalated");
		happens(incident, "escalated");
		happens(incident, "resolved");
		happens(incident, "reopened");
		runEverything(incident);
		assertThat(types()).containsExactly("incident.escalated", "incident.regressed");
	}

	@Test
	void whoRoutesLaterIsNotToldOfThePast() {
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		runEverything(incident);
		route(webhook(), "all-updates");
		runEverything(incident);
		assertThat(received()).isEmpty();
		happens(incident, "resolved");
		runEverything(incident);
		assertThat(types()).containsExactly("incident.resolved");
	}

	@Test
	void afterMaintenanceOneMessageTellsWhatWasHeld() {
		route(webhook(), "all-updates");
		String window = call(HttpMethod.POST, "/maintenance", Map.of("services", List.of("payment"), "to",
				Instant.now().plusSeconds(3600).toString(), "reason", "database upgrade"), 201)
			.path("id")
			.stringValue();
		List<UUID> quiet = IntStream.range(0, 12).mapToObj((_) -> incident("HIGH", "payment", "gateway")).toList();
		UUID loud = incident("HIGH", "search");
		quiet.forEach((incident) -> happens(incident, "opened"));
		happens(quiet.getFirst(), "resolved");
		happens(loud, "opened");
		quiet.forEach(this::runEverything);
		runEverything(loud);
		assertThat(received()).singleElement()
			.satisfies((message) -> assertThat(message.path("incident").path("id").stringValue())
				.isEqualTo(loud.toString()));
		assertThat(call(HttpMethod.GET, "/maintenance", null, 200).path("items").path(0).path("held").intValue())
			.isEqualTo(13);
		call(HttpMethod.DELETE, "/maintenance/" + window, null, 204);
		runEverything(loud);
		assertThat(received()).hasSize(2).last().satisfies((message) -> {
			assertThat(message.path("type").stringValue()).isEqualTo("incident.summary");
			JsonNode summary = message.path("summary");
			assertThat(summary.path("reason").stringValue()).isEqualTo("maintenance: database upgrade");
			assertThat(summary.path("held").intValue()).isEqualTo(13);
			assertThat(summary.path("incidents").size()).isEqualTo(10);
			assertThat(summary.path("more").intValue()).isEqualTo(2);
		});
		assertThat(states()).containsOnly("sent", "summarised");
	}

	@Test
	void whatAloneWasHeldIsToldAsItIs() {
		route(webhook(), "all-updates");
		String window = call(HttpMethod.POST, "/maintenance",
				Map.of("to", Instant.now().plusSeconds(3600).toString(), "reason", "upgrade"), 201)
			.path("id")
			.stringValue();
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		runEverything(incident);
		assertThat(received()).isEmpty();
		call(HttpMethod.DELETE, "/maintenance/" + window, null, 204);
		runEverything(incident);
		assertThat(types()).containsExactly("incident.opened");
	}

	@Test
	void aWindowEndsByItselfAndTheSummaryFollows() {
		route(webhook(), "all-updates");
		call(HttpMethod.POST, "/maintenance",
				Map.of("to", Instant.now().plusMillis(1500).toString(), "reason", "upgrade"), 201);
		UUID one = incident("HIGH", "payment");
		UUID other = incident("HIGH", "payment");
		happens(one, "opened");
		happens(other, "opened");
		runEverything(one);
		runEverything(other);
		assertThat(received()).isEmpty();
		runUntil(one, () -> types().equals(List.of("incident.summary")));
	}

	@Test
	void whatIsMoreThanAChannelTakesIsSummedUp() {
		String channel = call(HttpMethod.POST, "/channels", Map.of("name", "chat", "kind", "webhook", "url",
				url("/hook"), "rate_limit", Map.of("messages", 3, "period_seconds", 2)), 201)
			.path("id")
			.stringValue();
		route(channel, "all-updates");
		List<UUID> storm = IntStream.range(0, 40).mapToObj((_) -> incident("HIGH", "payment")).toList();
		storm.forEach((incident) -> happens(incident, "opened"));
		storm.forEach((incident) -> this.queue.wantAnother(PROJECT, JobKind.NOTIFY, incident.toString()));
		this.jobs.runAll();
		assertThat(types()).containsExactly("incident.opened", "incident.opened", "incident.opened");
		runUntil(storm.getFirst(), () -> types().size() == 4);
		assertThat(received().getLast().path("summary").path("held").intValue()).isEqualTo(37);
		assertThat(received().getLast().path("summary").path("more").intValue()).isEqualTo(27);
	}

	@Test
	void aReceiverThatKeepsStateGetsTheNewestStateOfEachIncident() {
		String channel = call(HttpMethod.POST, "/channels",
				Map.of("name", "am", "kind", "alertmanager", "url", url("/am")), 201)
			.path("id")
			.stringValue();
		route(channel, "all-updates");
		String window = call(HttpMethod.POST, "/maintenance",
				Map.of("to", Instant.now().plusSeconds(3600).toString(), "reason", "upgrade"), 201)
			.path("id")
			.stringValue();
		UUID lasting = incident("HIGH", "payment");
		UUID over = incident("HIGH", "payment");
		happens(lasting, "opened");
		happens(lasting, "acknowledged");
		happens(over, "opened");
		happens(over, "resolved");
		this.jdbc.sql("update incidents.incident set status = 'RESOLVED' where id = ?").param(over).update();
		runEverything(lasting);
		runEverything(over);
		call(HttpMethod.DELETE, "/maintenance/" + window, null, 204);
		runEverything(lasting);
		assertThat(received()).singleElement()
			.satisfies((body) -> assertThat(body.path("groupLabels").path("incident_id").stringValue())
				.isEqualTo(lasting.toString()));
		assertThat(states()).containsExactly("superseded", "sent", "superseded", "superseded");
	}

	@Test
	void failuresThatPassAreTriedAgainUnderTheSameIdWithTheSameWords() {
		TARGET.stubFor(inScenario(Scenario.STARTED, "second", serverError()));
		TARGET.stubFor(inScenario("second", "third", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		TARGET.stubFor(inScenario("third", "third", ok("at last")));
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		runUntil(incident, () -> states().equals(List.of("sent")));
		List<LoggedRequest> requests = TARGET.findAll(postRequestedFor(anyUrl()));
		assertThat(requests).hasSize(3);
		assertThat(requests).extracting((request) -> request.getHeader("X-Delivery-Id"))
			.containsOnly(received().getFirst().path("id").stringValue());
		assertThat(requests).extracting(LoggedRequest::getBodyAsString)
			.containsOnly(requests.getFirst().getBodyAsString());
		JsonNode delivery = delivery(0);
		assertThat(delivery.path("attempts").intValue()).isEqualTo(3);
		assertThat(delivery.path("log").path(0).path("status").intValue()).isEqualTo(500);
		assertThat(delivery.path("log").path(2).path("response").stringValue()).isEqualTo("at last");
	}

	@Test
	void whatIsRefusedFailsAtOnce() {
		TARGET.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(404).withBody("no_service")));
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		runEverything(incident);
		assertThat(states()).containsExactly("failed");
		assertThat(TARGET.findAll(postRequestedFor(anyUrl()))).hasSize(1);
		assertThat(call(HttpMethod.GET, "/channels", null, 200).path("items").path(0).path("last_error").stringValue())
			.isEqualTo("HTTP 404");
	}

	@Test
	void whoAsksToBeLeftAloneIsLeftAlone() {
		TARGET
			.stubFor(inScenario(Scenario.STARTED, "calm", aResponse().withStatus(429).withHeader("Retry-After", "2")));
		TARGET.stubFor(inScenario("calm", "calm", ok()));
		route(webhook(), "all-updates");
		UUID one = incident("HIGH", "payment");
		UUID other = incident("HIGH", "search");
		happens(one, "opened");
		happens(other, "opened");
		long begun = System.nanoTime();
		this.queue.wantAnother(PROJECT, JobKind.NOTIFY, one.toString());
		this.queue.wantAnother(PROJECT, JobKind.NOTIFY, other.toString());
		runUntil(one, () -> states().equals(List.of("sent", "sent")));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1900));
		assertThat(TARGET.findAll(postRequestedFor(anyUrl()))).hasSize(3);
	}

	@Test
	void whatCannotBeDeliveredForADayIsGivenUp() {
		TARGET.stubFor(post(anyUrl()).willReturn(serverError()));
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		runEverything(incident);
		assertThat(states()).containsExactly("pending");
		this.jdbc.sql("update incidents.delivery set give_up_at = now()").update();
		runUntil(incident, () -> states().equals(List.of("failed")));
	}

	@Test
	void aTargetThatFailsAgainAndAgainIsLeftAloneForAWhile() {
		TARGET.stubFor(post(anyUrl()).willReturn(serverError()));
		String channel = webhook();
		route(channel, "all-updates");
		List<UUID> storm = IntStream.range(0, 20).mapToObj((_) -> incident("HIGH", "payment")).toList();
		storm.forEach((incident) -> happens(incident, "opened"));
		storm.forEach((incident) -> this.queue.wantAnother(PROJECT, JobKind.NOTIFY, incident.toString()));
		this.jobs.runAll();
		assertThat(TARGET.findAll(postRequestedFor(anyUrl()))).hasSize(3);
		assertThat(call(HttpMethod.GET, "/channels/" + channel, null, 200).path("circuit").stringValue())
			.isEqualTo("open");
		TARGET.stubFor(post(anyUrl()).willReturn(ok()));
		runUntil(storm.getFirst(), () -> states().stream().allMatch("sent"::equals));
		assertThat(TARGET.findAll(postRequestedFor(anyUrl()))).hasSize(23);
	}

	@Test
	void twoWorkersSendOneMessage() throws Exception {
		TARGET.stubFor(post(anyUrl()).willReturn(ok().withFixedDelay(20)));
		route(webhook(), "all-updates");
		List<UUID> incidents = IntStream.range(0, 20).mapToObj((_) -> incident("HIGH", "payment")).toList();
		incidents.forEach((incident) -> happens(incident, "opened"));
		try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
			List<Callable<Boolean>> work = IntStream.range(0, 4).<Callable<Boolean>>mapToObj((_) -> () -> {
				incidents.forEach((incident) -> {
					this.queue.wantAnother(PROJECT, JobKind.NOTIFY, incident.toString());
					this.jobs.runAll();
				});
				return true;
			}).toList();
			for (Future<Boolean> done : workers.invokeAll(work)) {
				done.get();
			}
		}
		this.jobs.runAll();
		assertThat(TARGET.findAll(postRequestedFor(anyUrl())))
			.extracting((request) -> request.getHeader("X-Delivery-Id"))
			.hasSize(20)
			.doesNotHaveDuplicates();
		assertThat(states()).hasSize(20).containsOnly("sent");
	}

	@Test
	void aWorkerThatDiesBetweenSendingAndNotingSendsTheSameAgain() {
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		runEverything(incident);
		// What the database looks like after such a death: fixed and counted, not noted.
		this.jdbc.sql("update incidents.delivery set state = 'PENDING', sent_at = null").update();
		this.jdbc.sql("update incidents.incident set title = 'something else', error_count = 99 where id = ?")
			.param(incident)
			.update();
		this.queue.wantAnother(PROJECT, JobKind.DELIVER, channelOf(delivery(0)));
		this.jobs.runAll();
		List<LoggedRequest> requests = TARGET.findAll(postRequestedFor(anyUrl()));
		assertThat(requests).hasSize(2);
		assertThat(requests.get(1).getHeader("X-Delivery-Id")).isEqualTo(requests.get(0).getHeader("X-Delivery-Id"));
		assertThat(requests.get(1).getBodyAsString()).isEqualTo(requests.get(0).getBodyAsString());
	}

	@Test
	void aWorkerThatHasLostItsClaimSendsNothingMore() {
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		this.queue.wantAnother(PROJECT, JobKind.NOTIFY, incident.toString());
		this.jobs.claim().ifPresent(this.jobs::run);
		Claim old = this.jobs.claim().orElseThrow();
		assertThat(old.kind()).isEqualTo(JobKind.DELIVER);
		this.jdbc.sql("update incidents.job set lease_until = now() - interval '1 second' where id = ?")
			.param(old.jobId())
			.update();
		Claim heir = this.jobs.claim().orElseThrow();
		this.jobs.run(old);
		assertThat(received()).isEmpty();
		this.jobs.run(heir);
		assertThat(received()).hasSize(1);
	}

	@Test
	void aDeliveryCanBeReplayedUnderItsId() {
		TARGET.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(400)));
		route(webhook(), "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		runEverything(incident);
		String id = delivery(0).path("id").stringValue();
		TARGET.stubFor(post(anyUrl()).willReturn(ok()));
		assertThat(call(HttpMethod.POST, "/deliveries/" + id + "/replay", null, 202).path("state").stringValue())
			.isEqualTo("pending");
		call(HttpMethod.POST, "/deliveries/" + id + "/replay", null, 409);
		this.jobs.runAll();
		assertThat(states()).containsExactly("sent");
		assertThat(TARGET.findAll(postRequestedFor(anyUrl())))
			.extracting((request) -> request.getHeader("X-Delivery-Id"))
			.containsExactly(id, id);
	}

	@Test
	void aChannelCanBeTriedOutAndTheAnswerTellsWhatItsTargetSaid() {
		TARGET.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(418).withBody("a teapot")));
		JsonNode result = call(HttpMethod.POST, "/channels/" + webhook() + "/test", null, 200);
		assertThat(result.path("outcome").stringValue()).isEqualTo("failed");
		assertThat(result.path("status").intValue()).isEqualTo(418);
		assertThat(result.path("response").stringValue()).isEqualTo("a teapot");
		assertThat(received().getFirst().path("type").stringValue()).isEqualTo("incident.test");
		JsonNode logged = call(HttpMethod.GET, "/deliveries?type=incident.test&state=failed", null, 200);
		assertThat(logged.path("items").path(0).path("id").stringValue())
			.isEqualTo(result.path("delivery_id").stringValue());
	}

	@Test
	void noAnswerContainsASecretButTheOneThatMadeIt() {
		JsonNode made = call(HttpMethod.POST, "/webhooks", Map.of("url", url("/hook?token=in-the-address")), 201);
		String secret = made.path("secret").stringValue();
		assertThat(secret).hasSizeGreaterThan(40);
		String id = made.path("id").stringValue();
		for (String answer : List.of(call(HttpMethod.GET, "/channels", null, 200).toString(),
				call(HttpMethod.GET, "/channels/" + id, null, 200).toString(),
				call(HttpMethod.PUT, "/channels/" + id, Map.of("name", "renamed", "kind", "webhook"), 200)
					.toString())) {
			assertThat(answer).doesNotContain(secret).doesNotContain("in-the-address");
		}
		byte[] stored = this.jdbc.sql("select settings from incidents.notification_channel")
			.query(byte[].class)
			.single();
		assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(secret).doesNotContain("hook");
		call(HttpMethod.POST, "/channels/" + id + "/test", null, 200);
		assertThat(TARGET.findAll(postRequestedFor(anyUrl())).getFirst().getUrl())
			.as("what was left out of the change is kept")
			.isEqualTo("/hook?token=in-the-address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://169.254.169.254/latest/meta-data/", "http://0x7f000001/", "http://[::1]:9092/",
			"gopher://127.0.0.1:6379/_FLUSHALL", "http://10.0.0.1/" })
	void aWebhookToWhereNobodyMayCallIsRefused(String address) {
		assertThat(call(HttpMethod.POST, "/webhooks", Map.of("url", address), 422).path("errors")
			.path(0)
			.path("pointer")
			.stringValue()).isEqualTo("/url");
	}

	@Test
	void whatIsWrongIsSaid() {
		String channel = webhook();
		call(HttpMethod.POST, "/channels", Map.of("name", "hook", "kind", "webhook", "url", url("/x")), 409);
		call(HttpMethod.POST, "/channels", Map.of("name", "mail", "kind", "email", "recipients", List.of("a@b.org")),
				409);
		call(HttpMethod.POST, "/channels", Map.of("name", "x", "kind", "pigeon"), 422);
		call(HttpMethod.POST, "/channels", Map.of("name", "x", "kind", "slack"), 422);
		call(HttpMethod.PUT, "/channels/" + channel, Map.of("name", "x", "kind", "slack"), 422);
		call(HttpMethod.GET, "/channels/not-an-id", null, 404);
		call(HttpMethod.POST, "/routes", Map.of("channel_id", UUID.randomUUID()), 422);
		call(HttpMethod.POST, "/routes", Map.of("channel_id", channel, "strategy", "everything"), 422);
		call(HttpMethod.POST, "/maintenance", Map.of("to", "2020-01-01T00:00:00Z", "reason", "past"), 422);
		call(HttpMethod.GET, "/deliveries?state=lost", null, 400);
		call(HttpMethod.DELETE, "/maintenance/" + UUID.randomUUID(), null, 404);
		call(HttpMethod.DELETE, "/channels/" + channel, null, 204);
		call(HttpMethod.DELETE, "/channels/" + channel, null, 404);
	}

	@Test
	void aDeletedChannelTakesItsRoutesAlongAndLeavesItsLog() {
		TARGET.stubFor(post(anyUrl()).willReturn(serverError()));
		String channel = webhook();
		route(channel, "all-updates");
		UUID incident = incident("HIGH", "payment");
		happens(incident, "opened");
		runEverything(incident);
		call(HttpMethod.DELETE, "/channels/" + channel, null, 204);
		assertThat(call(HttpMethod.GET, "/routes", null, 200).path("items").size()).isZero();
		assertThat(states()).containsExactly("failed");
		assertThat(delivery(0).path("last_detail").stringValue()).isEqualTo("The channel was deleted");
	}

	private static MappingBuilder inScenario(String state, String next, ResponseDefinitionBuilder response) {
		return post(anyUrl()).inScenario("story").whenScenarioStateIs(state).willReturn(response).willSetStateTo(next);
	}

	private UUID incident(String severity, String... services) {
		UUID id = UUID.randomUUID();
		this.jdbc
			.sql("""
					insert into incidents.incident (id, project_id, trace_id, title, status, severity, detected_at, first_seen,
					                                last_seen, affected_services, error_count, version, lock_version)
					values (?, 1, '', 'payment: declined', 'OPEN', ?, now(), now(), now(), ?, 3, 1, 0)
					""")
			.params(id, severity, services)
			.update();
		return id;
	}

	private void happens(UUID incident, String change) {
		this.jdbc
			.sql("insert into incidents.incident_event (incident_id, change, version, actor) values (?, ?, 1, 'ada')")
			.params(incident, change)
			.update();
	}

	private void analysed(UUID incident, long version, String verdict, String service) {
		this.jdbc
			.sql("""
					insert into incidents.analysis (id, project_id, incident_id, incident_version, attempt, root_cause, verdict,
					                                confidence_score, evidence_signals, ai_explanation)
					values (gen_random_uuid(), 1, ?, ?, 1, '', ?, 72, '{}', ?::jsonb)
					""")
			.params(incident, version, verdict,
					this.json.writeValueAsString(Map.of("hypotheses",
							List.of(Map.of("service", service, "statement", service + " did it", "evidence",
									List.of(Map.of("statement", "charged is missing")))))))
			.update();
	}

	private String webhook() {
		return call(HttpMethod.POST, "/channels", Map.of("name", "hook", "kind", "webhook", "url", url("/hook")), 201)
			.path("id")
			.stringValue();
	}

	private void route(String channel, String strategy) {
		call(HttpMethod.POST, "/routes", Map.of("channel_id", channel, "strategy", strategy, "min_severity", "high"),
				201);
	}

	private void runEverything(UUID incident) {
		this.queue.wantAnother(PROJECT, JobKind.NOTIFY, incident.toString());
		this.jobs.runAll();
	}

	private void runUntil(UUID incident, Callable<Boolean> done) {
		this.queue.wantAnother(PROJECT, JobKind.NOTIFY, incident.toString());
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(() -> {
			this.jobs.runAll();
			return done.call();
		});
	}

	private List<JsonNode> received() {
		return TARGET.findAll(postRequestedFor(anyUrl()))
			.stream()
			.map((request) -> this.json.readTree(request.getBodyAsString()))
			.toList();
	}

	private List<String> types() {
		return received().stream().map((message) -> message.path("type").stringValue()).toList();
	}

	/** In the order in which the deliveries were made. */
	private List<String> states() {
		return this.jdbc.sql("select lower(state) from incidents.delivery order by seq").query(String.class).list();
	}

	private JsonNode delivery(int index) {
		String id = call(HttpMethod.GET, "/deliveries", null, 200).path("items").path(index).path("id").stringValue();
		return call(HttpMethod.GET, "/deliveries/" + id, null, 200);
	}

	private static String channelOf(JsonNode delivery) {
		return delivery.path("channel_id").stringValue();
	}

	private static String url(String path) {
		return "http://127.0.0.1:" + TARGET.getPort() + path;
	}

	private JsonNode call(HttpMethod method, String path, @Nullable Object body, int status) {
		RestTestClient.RequestBodySpec request = RestTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.build()
			.method(method)
			.uri("/api/notifications" + path);
		if (body != null) {
			request.contentType(MediaType.APPLICATION_JSON).body(this.json.writeValueAsString(body));
		}
		byte[] answer = request.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBody();
		return (answer != null && answer.length > 0) ? this.json.readTree(answer) : this.json.createObjectNode();
	}

}
