package dev.whence.analysis.outbox;

import dev.whence.store.outbox.Outbox;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.OutboxRelay;
import dev.whence.support.wire.WireMessage;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the outbox with the event wire. */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

	@Bean
	OutboxRelay outboxRelay(Outbox outbox, EventWire wire) {
		return new OutboxRelay((limit, send) -> outbox.drain(limit,
				(messages) -> send.accept(messages.stream()
					.map((message) -> new WireMessage(message.topic(), message.key(), message.payload()))
					.toList())),
				wire);
	}

}
