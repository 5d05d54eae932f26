package dev.whence.control.schema;

import java.security.SecureRandom;
import java.util.Map;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlApplication;
import dev.whence.support.security.ApiKeySecret;
import dev.whence.testkit.postgres.PostgresServer;
import dev.whence.testkit.postgres.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A database that the release before made and used. */
class UpgradeIT {

	@Test
	void keysAndProjectsOfTheReleaseBeforeGoOn() {
		TestDatabase database = PostgresServer.shared().newDatabase();
		Flyway.configure()
			.dataSource(database.jdbcUrl(), database.username(), database.password())
			.schemas("control")
			.defaultSchema("control")
			.locations("classpath:db/control")
			.target("2")
			.load()
			.migrate();
		JdbcClient jdbc = JdbcClient
			.create(new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
		ApiKeySecret used = ApiKeySecret.generate(new SecureRandom());
		jdbc.sql("insert into control.project (name) values ('shop')").update();
		insert(jdbc, 2, used, null);
		// More of one name than would be made today.
		for (int n = 0; n < 3; n++) {
			insert(jdbc, 1, ApiKeySecret.generate(new SecureRandom()), null);
		}
		ApiKeySecret revoked = ApiKeySecret.generate(new SecureRandom());
		insert(jdbc, 2, revoked, "2026-01-01T00:00:00Z");

		try (ConfigurableApplicationContext service = new SpringApplicationBuilder(ControlApplication.class)
			.properties("spring.config.name=application,control-service")
			.run("--server.port=0", "--spring.datasource.url=" + database.jdbcUrl(),
					"--spring.datasource.username=" + database.username(),
					"--spring.datasource.password=" + database.password(),
					"--whence.control.token.secret-key=" + ControlApi.SECRET_KEY, "--logging.level.root=WARN")) {
			ControlApi api = new ControlApi(((WebServerApplicationContext) service).getWebServer().getPort());
			api.as(used.text())
				.get()
				.uri("/api/projects/2/keys")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.length()")
				.isEqualTo(2)
				.jsonPath("$[1].requests_per_minute")
				.isEqualTo(null);
			api.as(revoked.text()).get().uri("/api/projects").exchange().expectStatus().isUnauthorized();
			api.anonymous()
				.post()
				.uri("/api/auth/register")
				.body(Map.of("email", "first@example.com", "password", ControlApi.PASSWORD))
				.exchange()
				.expectStatus()
				.isCreated();
			api.signedIn("first@example.com").get().uri("/api/users/").exchange().expectStatus().isOk();
		}
		// What services of the release before read is still there for them.
		assertThat(jdbc
			.sql("select id, project_id, name, scopes, secret_hash from control.active_api_key where prefix = :prefix")
			.param("prefix", used.prefix())
			.query()
			.singleRow()).containsEntry("project_id", 2);
	}

	private static void insert(JdbcClient jdbc, int project, ApiKeySecret secret, String revokedAt) {
		jdbc.sql("""
				insert into control.api_key (project_id, name, prefix, secret_hash, scopes, created_at, revoked_at)
				values (:project, 'same name', :prefix, :hash, '{admin}', now(), :revoked::timestamptz)
				""")
			.param("project", project)
			.param("prefix", secret.prefix())
			.param("hash", secret.hash())
			.param("revoked", revokedAt)
			.update();
	}

}
