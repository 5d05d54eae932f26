package dev.whence.analysis.notification.delivery;

import java.time.Duration;

import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.outbound.Receipt;
import io.github.resilience4j.core.IntervalFunction;

import org.springframework.stereotype.Component;

/**
 * How long to wait before the next try: twice as long after each failure, give or take a
 * half, so that what failed together does not come back together; longer when the target
 * asks for it.
 */
@Component
class RetryPauses {

	private static final double JITTER = 0.5;

	private final IntervalFunction backoff;

	RetryPauses(NotificationProperties properties) {
		this.backoff = IntervalFunction.ofExponentialRandomBackoff(properties.firstRetry().toMillis(), 2, JITTER,
				properties.longestRetry().toMillis());
	}

	Duration after(int attempts, Receipt receipt) {
		Duration pause = Duration.ofMillis(this.backoff.apply(Math.max(1, attempts)));
		if (receipt instanceof Receipt.Failed failed && failed.after() != null && failed.after().compareTo(pause) > 0) {
			return failed.after();
		}
		return pause;
	}

}
