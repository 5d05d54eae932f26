package dev.whence.analysis.notification.delivery;

import java.time.Duration;

import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.outbound.Receipt;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * {@code whence.notification.sends} by kind of channel and outcome ({@code sent},
 * {@code retry}, {@code failed}): how often something was sent and how long the other end
 * took.
 */
@Component
class DeliveryMetrics {

	private final MeterRegistry registry;

	DeliveryMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	void sent(ChannelKind kind, Receipt receipt, Duration took) {
		this.registry.timer("whence.notification.sends", "kind", kind.wireName(), "outcome", switch (receipt) {
			case Receipt.Sent _ -> "sent";
			case Receipt.Failed _ -> "retry";
			case Receipt.Refused _ -> "failed";
		}).record(took);
	}

}
