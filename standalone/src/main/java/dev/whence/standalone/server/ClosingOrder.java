package dev.whence.standalone.server;

import java.util.ArrayDeque;
import java.util.Deque;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Closes the contexts last started first, so that the gateway takes nothing more before
 * the services behind it go. Left to Spring Boot, a closing parent closes its children in
 * the order in which they started: the first service ends the event loops that all
 * contexts of the JVM share, and the gateway's gRPC listener then waits in vain for them,
 * until its grace period is over.
 */
final class ClosingOrder implements ApplicationListener<ContextClosedEvent>, Ordered {

	private final ConfigurableApplicationContext shared;

	private final Deque<ConfigurableApplicationContext> children = new ArrayDeque<>();

	private ClosingOrder(ConfigurableApplicationContext shared) {
		this.shared = shared;
	}

	static ClosingOrder of(ConfigurableApplicationContext shared) {
		ClosingOrder order = new ClosingOrder(shared);
		shared.addApplicationListener(order);
		return order;
	}

	synchronized void started(ConfigurableApplicationContext child) {
		this.children.push(child);
	}

	// Children tell their parent of their own end as well.
	@Override
	public synchronized void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() != this.shared) {
			return;
		}
		while (!this.children.isEmpty()) {
			this.children.pop().close();
		}
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
