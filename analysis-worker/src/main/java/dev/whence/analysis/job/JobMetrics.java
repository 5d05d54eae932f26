package dev.whence.analysis.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * {@code whence.analysis.backlog} by kind: the work that waits, and
 * {@code whence.analysis.backlog.age}: for how long the oldest of it has been due, in
 * seconds. Both come from the database, so that every worker tells the same. Scale on
 * them.
 */
@Component
class JobMetrics implements MeterBinder {

	private final JobQueue queue;

	JobMetrics(JobQueue queue) {
		this.queue = queue;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (JobKind kind : JobKind.values()) {
			Gauge.builder("whence.analysis.backlog", () -> this.queue.backlog(kind))
				.tag("kind", kind.name())
				.register(registry);
			Gauge.builder("whence.analysis.backlog.age", () -> this.queue.oldest(kind).toMillis() / 1000.0)
				.tag("kind", kind.name())
				.baseUnit("seconds")
				.register(registry);
		}
	}

}
