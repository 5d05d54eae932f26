package dev.whence.analysis.trigger;

import java.util.List;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.analysis.rollup.DirtyMinutes;
import dev.whence.model.AnalysisRequested;
import dev.whence.model.MinutesTouched;
import dev.whence.model.SignalsIngested;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireConsumer;
import dev.whence.support.wire.WireMessage;

import org.springframework.stereotype.Component;

/**
 * Writes announcements down as jobs and acknowledges them. A message that comes again
 * wants one more look, which finds nothing new.
 */
@Component
class WireListener extends WireConsumer {

	private static final String GROUPING = "analysis.trigger";

	private static final String ROOT_CAUSE = "analysis.rootcause";

	private static final String ROLLUP = "analysis.rollup";

	private final JobQueue queue;

	private final DirtyMinutes minutes;

	private final JobRunner runner;

	WireListener(EventWire wire, JobQueue queue, DirtyMinutes minutes, JobRunner runner) {
		super(wire);
		this.queue = queue;
		this.minutes = minutes;
		this.runner = runner;
	}

	@Override
	protected List<Interest> interests() {
		return List.of(new Interest(SignalsIngested.TOPIC, GROUPING, this::signalsIngested),
				new Interest(MinutesTouched.TOPIC, ROLLUP, this::minutesTouched),
				new Interest(AnalysisRequested.TOPIC, ROOT_CAUSE, this::analysisRequested));
	}

	private void signalsIngested(WireMessage message) {
		SignalsIngested event = (SignalsIngested) EventCodec.decode(message);
		this.queue.wantAnother(event.project(), JobKind.GROUP, event.subject().toString());
		this.runner.wake();
	}

	private void minutesTouched(WireMessage message) {
		MinutesTouched event = (MinutesTouched) EventCodec.decode(message);
		this.minutes.touched(event.project(), event.minutes());
	}

	// The job was written with the incident; the event only wakes whoever is free.
	private void analysisRequested(WireMessage message) {
		EventCodec.decode(message);
		this.runner.wake();
	}

}
