package dev.whence.testkit.postgres;

import dev.whence.testkit.ServerSource;
import dev.whence.testkit.TestSession;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Runs PostgreSQL in a container, which ends with the tests. */
final class ContainerPostgresSource {

	private ContainerPostgresSource() {
	}

	@SuppressWarnings("resource") // ends with the tests
	static PostgresServer start() {
		DockerImageName image = DockerImageName.parse(ServerSource.image("postgres", "postgres:18-alpine"))
			.asCompatibleSubstituteFor("postgres");
		PostgreSQLContainer container = new PostgreSQLContainer(image);
		container.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
		container.start();
		TestSession.atEnd(container::stop);
		return new PostgresServer(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
				container.getUsername(), container.getPassword());
	}

}
