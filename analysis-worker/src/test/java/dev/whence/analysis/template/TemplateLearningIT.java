package dev.whence.analysis.template;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.analysis.job.JobsByHand;
import dev.whence.model.LogMask;
import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is learned and kept, on a real PostgreSQL; each story has a project of its own.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open" })
@Import(JobsByHand.class)
@WithPostgres
class TemplateLearningIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(3000);

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	private static final List<String> NAMES = List.of("ada", "bob", "carol", "dave", "erin", "frank");

	@Autowired
	TemplateStore store;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	JdbcClient jdbc;

	private final ProjectId project = new ProjectId(PROJECTS.incrementAndGet());

	@Test
	void whatOneWorkerLearnedAnotherGoesOnFrom() {
		worker().learn(this.project, logs("shop", NAMES.subList(0, 3).stream().map((n) -> "welcome back " + n)));
		String elder = LogMask.id("welcome back ada");
		assertThat(templates()).hasSize(3);
		worker().learn(this.project, logs("shop", NAMES.subList(3, 6).stream().map((n) -> "welcome back " + n)));
		assertThat(templates()).containsExactly(elder + " welcome back <*>");
		assertThat(forms()).hasSize(6).containsOnly(elder);
	}

	@Test
	void learningAgainChangesNothing() {
		TemplateLearning worker = worker();
		List<LogRecord> logs = logs("shop", NAMES.stream().map((name) -> "welcome back " + name));
		worker.learn(this.project, logs);
		List<String> before = templates();
		worker.learn(this.project, logs);
		worker().learn(this.project, logs);
		assertThat(templates()).isEqualTo(before);
		assertThat(forms()).hasSize(6);
	}

	@Test
	void twoWorkersInTurnAgree() {
		TemplateLearning one = worker();
		TemplateLearning other = worker();
		for (int i = 0; i < NAMES.size(); i++) {
			((i % 2 == 0) ? one : other).learn(this.project,
					logs("shop", List.of("welcome back " + NAMES.get(i)).stream()));
		}
		assertThat(templates()).singleElement().asString().endsWith(" welcome back <*>");
	}

	@Test
	void workersAtTheSameTimeLoseNothing() throws Exception {
		List<LogRecord> logs = new ArrayList<>();
		for (String name : NAMES) {
			logs.addAll(logs("shop", List.of("welcome back " + name, "mail to " + name + " refused").stream()));
		}
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			List<TemplateLearning> workers = IntStream.range(0, 4).mapToObj((_) -> worker()).toList();
			var done = IntStream.range(0, logs.size())
				.mapToObj((i) -> threads.submit(() -> workers.get(i % 4).learn(this.project, List.of(logs.get(i)))))
				.toList();
			for (var one : done) {
				one.get();
			}
		}
		assertThat(templates()).hasSize(2)
			.allMatch((text) -> text.endsWith("welcome back <*>") || text.endsWith("mail to <*> refused"));
		assertThat(forms()).hasSize(12);
	}

	@Test
	void whatWasRolledBackIsLearnedAgain() {
		TemplateLearning worker = worker();
		worker.learn(this.project, logs("shop", List.of("the cellar is dry").stream()));
		this.transactions.executeWithoutResult((status) -> {
			worker.learn(this.project, logs("shop", List.of("the roof is open").stream()));
			status.setRollbackOnly();
		});
		assertThat(templates()).hasSize(1);
		worker.learn(this.project, logs("shop", List.of("the roof is open").stream()));
		assertThat(templates()).hasSize(2);
	}

	@Test
	void servicesAreLearnedApartAndTheTimesAreKept() {
		TemplateLearning worker = worker();
		worker.learn(this.project, logs("shop", List.of("the cellar is dry", "the cellar is dry").stream()));
		worker.learn(this.project, logs("bank", List.of("the cellar is dry").stream()));
		assertThat(this.jdbc.sql("""
				select service || ' ' || extract(epoch from last_seen - first_seen)::int
				from incidents.log_template_view where project_id = ? order by service
				""").param(this.project.value()).query(String.class).list()).containsExactly("bank 0", "shop 1");
	}

	private TemplateLearning worker() {
		return new TemplateLearning(this.store, this.transactions);
	}

	private List<LogRecord> logs(String service, Stream<String> messages) {
		AtomicInteger second = new AtomicInteger();
		return messages
			.map((message) -> new LogRecord(UUID.randomUUID(), null, null, service,
					TIME.plusSeconds(second.getAndIncrement()), "INFO", message, Map.of(), Map.of(), Map.of()))
			.toList();
	}

	private List<String> templates() {
		return this.jdbc
			.sql("select id || ' ' || text from incidents.log_template_view where project_id = ? order by 1")
			.param(this.project.value())
			.query(String.class)
			.list();
	}

	private List<String> forms() {
		return this.jdbc.sql("select template_id from incidents.log_form_view where project_id = ?")
			.param(this.project.value())
			.query(String.class)
			.list();
	}

}
