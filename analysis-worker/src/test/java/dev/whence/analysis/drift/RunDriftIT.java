package dev.whence.analysis.drift;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.whence.analysis.job.JobsByHand;
import dev.whence.model.ProjectId;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunEventType;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.RunEventWriter;
import dev.whence.store.RunSubmission;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** From stored runs to the incident that a drift opens, on a real PostgreSQL. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.drift.every=1h" })
@Import(JobsByHand.class)
@WithPostgres
class RunDriftIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(7500);

	@Autowired
	RunEventWriter writer;

	@Autowired
	RunDrift drift;

	@Autowired
	JobsByHand jobs;

	@Autowired
	JdbcClient jdbc;

	ProjectId project = new ProjectId(PROJECTS.incrementAndGet());

	Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);

	@BeforeEach
	void forgetOtherStories() {
		this.jobs.takeOver();
		this.jdbc.sql("update incidents.job set done_version = wanted_version").update();
	}

	@Test
	void aFilterThatDropsMoreThanItEverDidOpensOneIncidentAndEndsIt() {
		for (int i = 0; i < 12; i++) {
			run(40 + i % 3, 0.01);
		}
		look();
		assertThat(incidents()).isEmpty();
		run(95, 0.01);
		run(97, 0.01);
		look();
		assertThat(incidents()).as("two strange runs").isEmpty();
		run(96, 0.01);
		look();
		look();
		assertThat(incidents()).singleElement()
			.asString()
			.contains("price of search drops 96 % of its candidates, usual are 41 %");
		assertThat(firingsThatGoOn()).isEqualTo(1);
		for (int i = 0; i < 3; i++) {
			run(41, 0.01);
		}
		look();
		assertThat(firingsThatGoOn()).isZero();
		assertThat(incidents()).hasSize(1);
	}

	@Test
	void aStepThatCostsMoreOpensOneToo() {
		for (int i = 0; i < 12; i++) {
			run(40, 0.010 + i % 3 * 0.001);
		}
		for (int i = 0; i < 3; i++) {
			run(40, 0.08);
		}
		look();
		assertThat(incidents()).singleElement().asString().contains("costs 0.08");
	}

	@Test
	void whatAlwaysVariedIsNoDrift() {
		for (int i = 0; i < 20; i++) {
			run((i * 37) % 100, 0.01);
		}
		look();
		assertThat(incidents()).isEmpty();
	}

	private void look() {
		this.drift.look();
		this.jobs.runAll();
	}

	private void run(int dropped, double cost) {
		UUID run = UUID.randomUUID();
		Instant start = this.next;
		this.next = this.next.plusSeconds(1);
		String end = start.plusMillis(500).toString();
		Map<String, Object> step = Map.of("name", "price", "type", "filter", "inputs", Map.of("candidate_count", 100),
				"outputs", Map.of("survivor_count", 100 - dropped), "cost", cost, "started_at", start.toString(),
				"completed_at", end);
		Map<String, Object> whole = Map.of("name", "search", "tags", Map.of("service", "shop"), "started_at",
				start.toString(), "completed_at", end);
		this.writer.write(this.project, List.of(
				new RunSubmission(UUID.randomUUID(),
						new RunEvent(run, UUID.randomUUID(), RunEventType.STEP_COMPLETE, "step_complete",
								Map.copyOf(step))),
				new RunSubmission(UUID.randomUUID(),
						new RunEvent(run, run, RunEventType.RUN_COMPLETE, "run_complete", Map.copyOf(whole)))));
	}

	private List<String> incidents() {
		return this.jdbc.sql("select title from incidents.incident where project_id = ?")
			.param(this.project.value())
			.query(String.class)
			.list();
	}

	private int firingsThatGoOn() {
		return this.jdbc.sql("select count(*) from incidents.observation where project_id = ? and ends_at is null")
			.param(this.project.value())
			.query(Integer.class)
			.single();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Writing {

		@Bean
		ProblemAnnouncer announcer() {
			return (_, _) -> List.of();
		}

	}

}
