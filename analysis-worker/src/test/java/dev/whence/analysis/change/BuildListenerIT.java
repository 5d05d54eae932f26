package dev.whence.analysis.change;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.BuildChanged;
import dev.whence.model.ProjectId;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From the wire to what timelines show and the ranker reads. */
@SpringBootTest(properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
		"whence.analysis.lock.kind=in-process", "whence.security.mode=open" })
@WithPostgres
class BuildListenerIT {

	private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456Z");

	private static final ProjectId PROJECT = new ProjectId(7);

	@Autowired
	EventWire wire;

	@Autowired
	ChangeEvents changes;

	@Autowired
	JdbcClient jdbc;

	@Test
	void whatWasBuiltDeployedAndPushedIsEvidenceOnceHoweverOftenItIsTold() {
		List<BuildChanged> told = List.of(
				event(BuildChanged.BUILD, "images", "success", "build 12 of sway", "https://example.org/runs/1"),
				event(BuildChanged.DEPLOYMENT, "shop", "success", "deployed abc1234 to production", ""),
				event(BuildChanged.COMMIT, "shop", "pushed", "2 commits to main: pay faster (abc1234)", ""));
		for (int times = 0; times < 3; times++) {
			told.forEach(this::send);
		}
		BuildChanged last = event(BuildChanged.COMMIT, "last", "pushed", "the end", "");
		send(last);
		await().untilAsserted(() -> assertThat(this.changes.between(PROJECT, TIME, TIME, 100)).extracting("service")
			.contains("last"));
		assertThat(rows()).filteredOn((row) -> !row.get("service").equals("last"))
			.containsExactlyInAnyOrder(Map.of("service", "images", "kind", "build", "what", "build 12 of sway"),
					Map.of("service", "shop", "kind", "deploy", "what", "deployed abc1234 to production"),
					Map.of("service", "shop", "kind", "commit", "what", "2 commits to main: pay faster (abc1234)"));
		assertThat(this.changes.between(PROJECT, TIME, TIME, 100).getFirst().at()).isEqualTo(TIME);
		assertThat(this.changes.between(new ProjectId(8), TIME, TIME, 100)).isEmpty();
	}

	@Test
	void whatFailedOrIsNotKnownYetIsNoEvidence() {
		send(event(BuildChanged.BUILD, "nothing", "failure", "build 13 of sway", ""));
		send(event(BuildChanged.BUILD, "nothing", "in_progress", "build 13 of sway", ""));
		send(event(BuildChanged.DEPLOYMENT, "nothing", "failure", "not deployed", ""));
		send(event("rollout", "nothing", "success", "of a newer sender", ""));
		send(event(BuildChanged.BUILD, "afterwards", "success", "a\u0000b\nc", "javascript:alert(1)"));
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.changes.between(PROJECT, TIME, TIME, 100))
				.filteredOn((change) -> change.service().equals("afterwards"))
				.singleElement()
				.satisfies((change) -> {
					assertThat(change.what()).isEqualTo("a b c");
					assertThat(change.link()).isNull();
				}));
		assertThat(this.changes.between(PROJECT, TIME, TIME, 100)).extracting("service").doesNotContain("nothing");
	}

	private List<Map<String, Object>> rows() {
		return this.jdbc
			.sql("select service, kind, what from incidents.change_event where project_id = 7 "
					+ "and service in ('images', 'shop')")
			.query()
			.listOfRows();
	}

	private void send(BuildChanged event) {
		this.wire.send(EventCodec.encode(event)).join();
	}

	// One key, so that what is sent later is handled later.
	private static BuildChanged event(String kind, String service, String state, String what, String link) {
		return new BuildChanged(UUID.randomUUID(), TIME, PROJECT, kind, "build/12", service, state, what, link);
	}

}
