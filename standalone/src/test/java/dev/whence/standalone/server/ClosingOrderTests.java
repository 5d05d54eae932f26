package dev.whence.standalone.server;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

import static org.assertj.core.api.Assertions.assertThat;

class ClosingOrderTests {

	private final List<String> closed = new ArrayList<>();

	private final ConfigurableApplicationContext shared = new SpringApplicationBuilder(Empty.class)
		.web(WebApplicationType.NONE)
		.run();

	private final ClosingOrder order = ClosingOrder.of(this.shared);

	@Test
	void theGatewayWhichStartedLastClosesFirstAndWhatAllShareLast() {
		start("ingest");
		start("query");
		start("gateway");
		((DefaultListableBeanFactory) this.shared.getBeanFactory()).registerDisposableBean("database",
				() -> this.closed.add("database"));
		this.shared.close();
		assertThat(this.closed).containsExactly("gateway", "query", "ingest", "database");
	}

	@Test
	void theEndOfOneServiceIsNotThatOfTheOthers() {
		ConfigurableApplicationContext ingest = start("ingest");
		ConfigurableApplicationContext gateway = start("gateway");
		ingest.close();
		assertThat(gateway.isActive()).isTrue();
		this.shared.close();
		assertThat(this.closed).containsExactly("ingest", "gateway");
	}

	private ConfigurableApplicationContext start(String name) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Empty.class).parent(this.shared)
			.web(WebApplicationType.NONE)
			.listeners((ContextClosedEvent event) -> this.closed.add(name))
			.run();
		this.order.started(context);
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
