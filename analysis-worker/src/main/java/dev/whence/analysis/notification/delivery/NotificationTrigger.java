package dev.whence.analysis.notification.delivery;

import java.time.Duration;
import java.util.List;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.analysis.notification.message.Transitions;
import dev.whence.model.IncidentChanged;
import dev.whence.model.ProjectId;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireConsumer;
import dev.whence.support.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Hears that something happened to an incident and writes it down as work, and finds in
 * the database what the wire forgot. What happened is read where it is kept; hearing of
 * it twice does no harm.
 */
@Component
class NotificationTrigger extends WireConsumer {

	private static final Logger log = LoggerFactory.getLogger(NotificationTrigger.class);

	private static final String GROUP = "analysis.notification";

	/**
	 * How far the first sweep of a process looks back; nobody is told of older things.
	 */
	private static final Duration FIRST_REACH = Duration.ofHours(24);

	private static final Duration REACH = Duration.ofMinutes(10);

	/** The wire is faster than this when it works. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private static final int LIMIT = 1_000;

	private final JobQueue queue;

	private final JobRunner runner;

	private final Transitions transitions;

	private Duration reach = FIRST_REACH;

	NotificationTrigger(EventWire wire, JobQueue queue, JobRunner runner, Transitions transitions) {
		super(wire);
		this.queue = queue;
		this.runner = runner;
		this.transitions = transitions;
	}

	@Override
	protected List<Interest> interests() {
		return List.of(new Interest(IncidentChanged.TOPIC, GROUP, this::incidentChanged));
	}

	private void incidentChanged(WireMessage message) {
		IncidentChanged event = (IncidentChanged) EventCodec.decode(message);
		this.queue.wantAnother(event.project(), JobKind.NOTIFY, event.incidentId().toString());
		this.runner.wake();
	}

	@Scheduled(initialDelayString = "PT5S", fixedDelayString = "${whence.notification.sweep:30s}")
	void sweep() {
		try {
			this.transitions.behind(this.reach, GRACE, LIMIT).forEach((behind) -> {
				this.queue.wantAnother(new ProjectId(behind.project()), JobKind.NOTIFY, behind.incident().toString());
				this.runner.wake();
			});
			this.reach = REACH;
		}
		catch (RuntimeException ex) {
			log.warn("The sweep for transitions that nobody was told of failed and comes again: {}", ex.toString());
		}
	}

}
