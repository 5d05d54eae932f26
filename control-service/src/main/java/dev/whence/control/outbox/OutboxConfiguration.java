package dev.whence.control.outbox;

import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.OutboxRelay;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the outbox with the event wire. */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

	@Bean
	OutboxRelay outboxRelay(Outbox outbox, EventWire wire) {
		return new OutboxRelay(outbox::drain, wire);
	}

}
