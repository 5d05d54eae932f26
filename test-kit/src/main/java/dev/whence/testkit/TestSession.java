package dev.whence.testkit;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Ends what must be ended after the last test and before the JVM shuts down. */
public final class TestSession implements LauncherSessionListener {

	private static final Deque<Runnable> ENDINGS = new ConcurrentLinkedDeque<>();

	/** Runs the ending when all tests of this JVM are over, the latest first. */
	public static void atEnd(Runnable ending) {
		ENDINGS.push(ending);
	}

	@Override
	public void launcherSessionClosed(LauncherSession session) {
		for (Runnable ending = ENDINGS.poll(); ending != null; ending = ENDINGS.poll()) {
			ending.run();
		}
	}

}
