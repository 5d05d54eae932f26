package dev.whence.standalone.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One service on a port of its own, in a context of its own below the shared one.
 *
 * @param name of its configuration file
 */
record ServiceContext(String name, Class<?> application, WebApplicationType type, List<String> settings) {

	/**
	 * What a service does not have on its class path when it runs alone, so that one
	 * class path for all of them does not give each everything.
	 */
	private static final List<String> NO_JPA = List.of(
			"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
			"org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration");

	private static final List<String> NO_STORE = List.of("dev.whence.store.SignalStoreConfiguration");

	private static final List<String> NO_DATABASE = List
		.of("org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");

	static ServiceContext withStore(String name, Class<?> application) {
		return servlet(name, application, NO_JPA);
	}

	static ServiceContext withStoreAndJpa(String name, Class<?> application) {
		return servlet(name, application, List.of());
	}

	static ServiceContext withJpa(String name, Class<?> application) {
		return servlet(name, application, NO_STORE);
	}

	static ServiceContext gateway(String name, Class<?> application) {
		List<String> excluded = Stream.of(NO_DATABASE, NO_JPA, NO_STORE).flatMap(List::stream).toList();
		return new ServiceContext(name, application, WebApplicationType.REACTIVE, List.of(exclude(excluded)));
	}

	private static ServiceContext servlet(String name, Class<?> application, List<String> excluded) {
		return new ServiceContext(name, application, WebApplicationType.SERVLET,
				List.of(exclude(excluded), "--server.port=0", "--server.address=127.0.0.1",
						// A gateway in a servlet context refuses to start.
						"--spring.cloud.gateway.server.webflux.enabled=false"));
	}

	/** Starts the service and returns when it takes requests. */
	ConfigurableApplicationContext start(ConfigurableApplicationContext shared, List<String> more) {
		List<String> args = new ArrayList<>(this.settings);
		args.addAll(more);
		return new SpringApplicationBuilder(this.application).parent(shared)
			.web(this.type)
			.properties("spring.config.name=application," + this.name)
			.run(args.toArray(String[]::new));
	}

	static int port(ConfigurableApplicationContext context) {
		return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
	}

	private static String exclude(List<String> autoConfigurations) {
		return "--spring.autoconfigure.exclude=" + String.join(",", autoConfigurations);
	}

}
