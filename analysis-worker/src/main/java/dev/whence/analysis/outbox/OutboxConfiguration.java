package dev.whence.analysis.outbox;

import java.time.Duration;

import dev.whence.store.outbox.Outbox;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.OutboxRelay;
import dev.whence.support.wire.WireMessage;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the outbox with the event wire. */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(20);

	@Bean
	OutboxRelay outboxRelay(Outbox outbox, EventWire wire) {
		return new OutboxRelay((limit) -> outbox.drain(limit,
				(messages) -> wire.sendAll(messages.stream()
					.map((message) -> new WireMessage(message.topic(), message.key(), message.payload()))
					.toList(), SEND_TIMEOUT)));
	}

}
