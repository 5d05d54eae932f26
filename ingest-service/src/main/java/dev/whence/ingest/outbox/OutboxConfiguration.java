package dev.whence.ingest.outbox;

import dev.whence.store.outbox.Outbox;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.OutboxRelay;
import dev.whence.support.wire.WireMessage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the outbox with the event wire. */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

	/** How long the oldest announcement has been waiting for the wire, in seconds. */
	@Bean
	MeterBinder outboxAge(Outbox outbox) {
		return (registry) -> Gauge.builder("whence.outbox.age", () -> outbox.lag().toMillis() / 1000.0)
			.baseUnit("seconds")
			.register(registry);
	}

	@Bean
	OutboxRelay outboxRelay(Outbox outbox, EventWire wire) {
		return new OutboxRelay((limit, send) -> outbox.drain(limit,
				(messages) -> send.accept(messages.stream()
					.map((message) -> new WireMessage(message.topic(), message.key(), message.payload()))
					.toList())),
				wire);
	}

}
