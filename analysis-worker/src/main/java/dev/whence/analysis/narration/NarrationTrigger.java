package dev.whence.analysis.narration;

import java.util.List;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.model.IncidentChanged;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireConsumer;
import dev.whence.support.wire.WireMessage;

/**
 * Hears of new analyses and writes them down as work. One that the wire loses stays
 * without words until the next analysis of its incident.
 */
class NarrationTrigger extends WireConsumer {

	private final JobQueue queue;

	private final JobRunner runner;

	NarrationTrigger(EventWire wire, JobQueue queue, JobRunner runner) {
		super(wire);
		this.queue = queue;
		this.runner = runner;
	}

	@Override
	protected List<Interest> interests() {
		return List.of(new Interest(IncidentChanged.TOPIC, "analysis.narration", this::incidentChanged));
	}

	private void incidentChanged(WireMessage message) {
		IncidentChanged event = (IncidentChanged) EventCodec.decode(message);
		if ("analyzed".equals(event.change())) {
			this.queue.wantAnother(event.project(), JobKind.NARRATE, event.incidentId().toString());
			this.runner.wake();
		}
	}

}
