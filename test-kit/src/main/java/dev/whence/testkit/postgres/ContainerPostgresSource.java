package dev.whence.testkit.postgres;

import dev.whence.testkit.ServerSource;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Runs PostgreSQL in a container; the engine's reaper ends it after the JVM. */
final class ContainerPostgresSource {

	private ContainerPostgresSource() {
	}

	@SuppressWarnings("resource") // ends with the JVM
	static PostgresServer start() {
		DockerImageName image = DockerImageName.parse(ServerSource.image("postgres", "postgres:18-alpine"))
			.asCompatibleSubstituteFor("postgres");
		PostgreSQLContainer container = new PostgreSQLContainer(image);
		container.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
		container.start();
		return new PostgresServer(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
				container.getUsername(), container.getPassword());
	}

}
