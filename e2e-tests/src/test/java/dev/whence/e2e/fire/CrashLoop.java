package dev.whence.e2e.fire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills one part after the other, each as often as the others, and starts it again. What
 * dies when is random and can be repeated with the same seed, as far as the pace of the
 * machine allows. Now and then a second part dies while the first is down.
 */
final class CrashLoop {

	private static final Logger logger = LoggerFactory.getLogger(CrashLoop.class);

	/** One kill in so many has company. */
	private static final int ALONE = 5;

	private static final Duration RECOVERY = Duration.ofSeconds(90);

	private final Installation whence;

	private final Crowd crowd;

	private final Random random;

	private final Deque<Target> order = new ArrayDeque<>();

	private final List<Kill> kills = new ArrayList<>();

	CrashLoop(Installation whence, Crowd crowd, long seed) {
		this.whence = whence;
		this.crowd = crowd;
		this.random = new Random(seed);
	}

	/** Returns when everything runs again and clients are acknowledged. */
	List<Kill> kill(int number) {
		while (this.kills.size() < number) {
			pause(1_000, 3_000);
			int victims = (number - this.kills.size() > 1 && this.random.nextInt(ALONE) == 0) ? 2 : 1;
			killAndRestart(victims);
			long ready = System.nanoTime();
			Awaitility.await("an acknowledgement after " + this.kills.getLast())
				.atMost(RECOVERY)
				.pollInterval(Duration.ofMillis(20))
				.until(() -> this.crowd.acknowledgedSince(ready));
		}
		return this.kills;
	}

	private void killAndRestart(int victims) {
		List<Target> down = new ArrayList<>();
		List<String> hows = new ArrayList<>();
		List<Long> times = new ArrayList<>();
		while (down.size() < victims) {
			Target target = next();
			if (down.contains(target)) {
				this.order.addLast(target);
				continue;
			}
			times.add(System.nanoTime());
			hows.add(this.whence.kill(target));
			down.add(target);
			logger.info("killed {} {}", target, hows.getLast());
			pause(100, 2_000);
		}
		for (int n = 0; n < victims; n++) {
			this.whence.restart(down.get(n));
			logger.info("{} works again", down.get(n));
			this.kills.add(new Kill(down.get(n), hows.get(n), victims == 1, times.get(n), System.nanoTime()));
		}
	}

	private Target next() {
		if (this.order.isEmpty()) {
			List<Target> all = new ArrayList<>(Arrays.asList(Target.values()));
			Collections.shuffle(all, this.random);
			this.order.addAll(all);
		}
		return this.order.removeFirst();
	}

	private void pause(int fromMillis, int toMillis) {
		LockSupport.parkNanos(Duration.ofMillis(this.random.nextInt(fromMillis, toMillis)).toNanos());
	}

}
