package dev.whence.support.wire;

import java.util.ArrayList;
import java.util.List;

import org.springframework.context.SmartLifecycle;

/**
 * Takes part in groups for as long as its service runs. It leaves them, after the message
 * in hand, before anything that handlers need is gone.
 */
public abstract class WireConsumer implements SmartLifecycle {

	private final EventWire wire;

	private final List<EventWire.Subscription> subscriptions = new ArrayList<>();

	protected WireConsumer(EventWire wire) {
		this.wire = wire;
	}

	/** What is to be delivered; asked once for each start. */
	protected abstract List<Interest> interests();

	@Override
	public final void start() {
		for (Interest interest : interests()) {
			this.subscriptions.add(this.wire.subscribe(interest.topic(), interest.group(), interest.handler()));
		}
	}

	@Override
	public final void stop() {
		this.subscriptions.forEach(EventWire.Subscription::close);
		this.subscriptions.clear();
	}

	@Override
	public final boolean isRunning() {
		return !this.subscriptions.isEmpty();
	}

	/** Every message of the topic, to one member of the group. */
	public record Interest(String topic, String group, WireHandler handler) {
	}

}
