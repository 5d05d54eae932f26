package dev.whence.analysis.job;

import java.util.List;
import java.util.Optional;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/** Claims and runs jobs when a test says so, in place of the runner and the sweeper. */
public class JobsByHand {

	private final JobQueue queue;

	private final List<JobHandler> handlers;

	private final JobRunner runner;

	private final Sweeper sweeper;

	private final SmartLifecycle notifications;

	private final ScheduledAnnotationBeanPostProcessor schedule;

	JobsByHand(JobQueue queue, List<JobHandler> handlers, JobRunner runner, Sweeper sweeper,
			@Qualifier("notificationTrigger") SmartLifecycle notifications,
			ScheduledAnnotationBeanPostProcessor schedule) {
		this.queue = queue;
		this.handlers = handlers;
		this.runner = runner;
		this.sweeper = sweeper;
		this.notifications = notifications;
		this.schedule = schedule;
	}

	/** Sends the others away; repeating it does no harm. */
	public void takeOver() {
		this.runner.stop();
		this.schedule.postProcessBeforeDestruction(this.sweeper, "sweeper");
		this.notifications.stop();
		this.schedule.postProcessBeforeDestruction(this.notifications, "notificationTrigger");
	}

	public Optional<Claim> claim() {
		return this.queue.claim("by hand");
	}

	public void run(Claim claim) {
		this.handlers.stream().filter((handler) -> handler.kind() == claim.kind()).findFirst().orElseThrow().run(claim);
	}

	/** Runs whatever is due, and what becomes due by it. */
	public void runAll() {
		for (Optional<Claim> claim = claim(); claim.isPresent(); claim = claim()) {
			run(claim.get());
		}
	}

}
