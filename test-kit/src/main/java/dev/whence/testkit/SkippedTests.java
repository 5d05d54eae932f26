package dev.whence.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts the tests that found something missing and gave up, and says at the end how many
 * and why, so that a green run does not look like more than it is.
 */
final class SkippedTests implements TestExecutionListener {

	private final Map<String, AtomicInteger> counts = new ConcurrentSkipListMap<>();

	private volatile @Nullable TestPlan plan;

	@Override
	public void testPlanExecutionStarted(TestPlan started) {
		this.plan = started;
	}

	// A container that gives up takes all of its tests along.
	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
			String reason = result.getThrowable()
				.map(Throwable::getMessage)
				.flatMap((message) -> message.lines().map(String::strip).filter((line) -> !line.isEmpty()).findFirst())
				.orElse("no reason given");
			this.counts.computeIfAbsent(reason, (_) -> new AtomicInteger()).addAndGet(test.isTest() ? 1 : below(test));
		}
	}

	/** What is to be said; empty when nothing was skipped. */
	String summary() {
		if (this.counts.isEmpty()) {
			return "";
		}
		int all = this.counts.values().stream().mapToInt(AtomicInteger::get).sum();
		StringBuilder summary = new StringBuilder().append(all)
			.append((all == 1) ? " test was skipped" : " tests were skipped")
			.append(" because something is absent here:\n");
		this.counts
			.forEach((reason, count) -> summary.append("  ").append(count).append(" × ").append(reason).append('\n'));
		return summary.toString();
	}

	private int below(TestIdentifier container) {
		TestPlan running = this.plan;
		long tests = (running != null)
				? running.getDescendants(container).stream().filter(TestIdentifier::isTest).count() : 0;
		return (int) Math.max(1, tests);
	}

}
