package dev.whence.testkit;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Ends what must be ended after the last test and before the JVM shuts down, and says
 * which tests were skipped.
 */
public final class TestSession implements LauncherSessionListener {

	private static final Deque<Runnable> ENDINGS = new ConcurrentLinkedDeque<>();

	private final SkippedTests skipped = new SkippedTests();

	/** Runs the ending when all tests of this JVM are over, the latest first. */
	public static void atEnd(Runnable ending) {
		ENDINGS.push(ending);
	}

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		session.getLauncher().registerTestExecutionListeners(this.skipped);
	}

	/**
	 * Runs every ending, whatever becomes of the others, and then throws what the first
	 * failed one threw.
	 */
	@Override
	public void launcherSessionClosed(LauncherSession session) {
		System.out.print(this.skipped.summary());
		RuntimeException failed = null;
		for (Runnable ending = ENDINGS.poll(); ending != null; ending = ENDINGS.poll()) {
			try {
				ending.run();
			}
			catch (RuntimeException ex) {
				if (failed == null) {
					failed = ex;
				}
				else {
					failed.addSuppressed(ex);
				}
			}
		}
		if (failed != null) {
			throw failed;
		}
	}

}
