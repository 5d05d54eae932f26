package dev.whence.analysis.narration;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.model.IncidentChanged;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Hears of new analyses and writes them down as work. One that the wire loses stays
 * without words until the next analysis of its incident.
 */
class NarrationTrigger implements SmartLifecycle {

	private final EventWire wire;

	private final JobQueue queue;

	private final JobRunner runner;

	private EventWire.@Nullable Subscription subscription;

	NarrationTrigger(EventWire wire, JobQueue queue, JobRunner runner) {
		this.wire = wire;
		this.queue = queue;
		this.runner = runner;
	}

	@Override
	public void start() {
		this.subscription = this.wire.subscribe(IncidentChanged.TOPIC, "analysis.narration", this::incidentChanged);
	}

	@Override
	public void stop() {
		if (this.subscription != null) {
			this.subscription.close();
			this.subscription = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

	private void incidentChanged(WireMessage message) {
		IncidentChanged event = (IncidentChanged) EventCodec.decode(message);
		if ("analyzed".equals(event.change())) {
			this.queue.wantAnother(event.project(), JobKind.NARRATE, event.incidentId().toString());
			this.runner.wake();
		}
	}

}
