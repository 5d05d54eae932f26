package dev.whence.support.security;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Against a real PostgreSQL with a stand-in for the control service's view; that the real
 * view fits is tested in the control service.
 */
class JdbcCredentialVerifierIT {

	private static final String SCHEMA = """
			create schema control;
			create table control.active_api_key (id bigint, prefix text, project_id int, name text, scopes text[],
			    secret_hash bytea, requests_per_minute int);
			create table control.used (id bigint);
			create function control.record_api_key_use(key_id bigint) returns void language sql
			    as 'insert into control.used values (key_id)';
			""";

	private final ApiKeySecret secret = ApiKeySecret.generate(new SecureRandom());

	private final AtomicLong nanos = new AtomicLong();

	private EmbeddedPostgres postgres;

	private JdbcClient jdbc;

	private JdbcCredentialVerifier verifier;

	@BeforeEach
	void start() throws Exception {
		this.postgres = EmbeddedPostgres.start();
		this.jdbc = JdbcClient.create(this.postgres.getPostgresDatabase());
		SecurityProperties properties = new SecurityProperties(SecurityProperties.Mode.REQUIRED, null, List.of(),
				Duration.ofSeconds(30), Duration.ofSeconds(5), 100);
		Ticker ticker = this.nanos::get;
		this.verifier = new JdbcCredentialVerifier(this.jdbc, properties, ticker);
	}

	@AfterEach
	void stop() throws Exception {
		this.postgres.close();
	}

	@Test
	void storedKeyIsRecognisedAndItsUseIsNoted() {
		createSchema();
		store(this.secret);
		assertThat(this.verifier.verify(this.secret.text()))
			.contains(new Credential(new ProjectId(3), Set.of(Scope.INGEST), "sender", new Holder.Key(42, 600)));
		await().untilAsserted(() -> assertThat(this.jdbc.sql("select id from control.used").query(Long.class).list())
			.containsExactly(42L));
	}

	@Test
	void otherSecretWithTheSamePrefixIsUnknown() {
		createSchema();
		store(this.secret);
		String last = this.secret.text().endsWith("A") ? "B" : "A";
		String forged = this.secret.text().substring(0, this.secret.text().length() - 1) + last;
		assertThat(this.verifier.verify(forged)).isEmpty();
		assertThat(this.verifier.verify("something else")).isEmpty();
	}

	@Test
	void revokedKeyStopsWorkingWhenItsAnswerHasAged() {
		createSchema();
		store(this.secret);
		assertThat(this.verifier.verify(this.secret.text())).isPresent();
		this.jdbc.sql("delete from control.active_api_key").update();
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(29));
		assertThat(this.verifier.verify(this.secret.text())).isPresent();
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
		assertThat(this.verifier.verify(this.secret.text())).isEmpty();
	}

	@Test
	void aChangeAsksWhetherTheKeyIsStillThere() {
		createSchema();
		store(this.secret);
		assertThat(this.verifier.verifyNow(this.secret.text())).isPresent();
		this.jdbc.sql("delete from control.active_api_key").update();
		String last = this.secret.text().endsWith("A") ? "B" : "A";
		String forged = this.secret.text().substring(0, this.secret.text().length() - 1) + last;
		assertThat(this.verifier.verifyNow(forged)).isEmpty();
		assertThat(this.verifier.verify(this.secret.text())).as("a forgery makes nothing be asked again").isPresent();
		assertThat(this.verifier.verifyNow(this.secret.text())).isEmpty();
		assertThat(this.verifier.verify(this.secret.text())).as("and what was heard is remembered").isEmpty();
	}

	@Test
	void newKeyWorksSoonAfterItWasUnknown() {
		createSchema();
		assertThat(this.verifier.verify(this.secret.text())).isEmpty();
		store(this.secret);
		assertThat(this.verifier.verify(this.secret.text())).isEmpty();
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
		assertThat(this.verifier.verify(this.secret.text())).isPresent();
	}

	@Test
	void missingSchemaIsAnUnavailableDependency() {
		assertUnavailable();
		createSchema();
		store(this.secret);
		assertThat(this.verifier.verify(this.secret.text())).isPresent();
	}

	@Test
	void stoppedDatabaseIsAnUnavailableDependency() throws Exception {
		createSchema();
		this.postgres.close();
		assertUnavailable();
	}

	@Test
	void requestsDoNotQueueUpBehindADatabaseThatHangs() throws Exception {
		createSchema();
		store(this.secret);
		try (Connection blocker = this.postgres.getPostgresDatabase().getConnection();
				Statement statement = blocker.createStatement();
				ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
			blocker.setAutoCommit(false);
			statement.execute("lock table control.active_api_key in access exclusive mode");
			long started = System.nanoTime();
			List<Future<?>> requests = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				requests.add(senders.submit(this::assertUnavailable));
			}
			for (Future<?> request : requests) {
				request.get(10, TimeUnit.SECONDS);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(6));
		}
		await().untilAsserted(() -> assertThat(this.verifier.verify(this.secret.text())).isPresent());
	}

	private void assertUnavailable() {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.verifier.verify(this.secret.text()))
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.DEPENDENCY_UNAVAILABLE));
	}

	private void createSchema() {
		this.jdbc.sql(SCHEMA).update();
	}

	private void store(ApiKeySecret key) {
		this.jdbc
			.sql("insert into control.active_api_key values (42, :prefix, 3, 'sender', '{ingest,later}', :hash, 600)")
			.param("prefix", key.prefix())
			.param("hash", key.hash())
			.update();
	}

}
