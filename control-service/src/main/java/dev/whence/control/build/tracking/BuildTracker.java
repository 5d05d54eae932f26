package dev.whence.control.build.tracking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.whence.control.build.BuildProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes the steps that are due, in this process and in every other replica at once. What
 * a process was at when it died is taken up by any of them when the lease ends.
 */
@Component
class BuildTracker implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(BuildTracker.class);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	/** How long stopping waits for steps that are under way. */
	private static final Duration GIVING_BACK = Duration.ofSeconds(5);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

	private final BuildTasks tasks;

	private final BuildSteps steps;

	private final BuildProperties properties;

	private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();

	/** Requests start their runs one after the other. */
	private final Semaphore turn = new Semaphore(1, true);

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean running;

	BuildTracker(BuildTasks tasks, BuildSteps steps, BuildProperties properties) {
		this.tasks = tasks;
		this.steps = steps;
		this.properties = properties;
	}

	/**
	 * Starts the run of a new build at once and returns when its run is known, GitHub has
	 * refused or the time is over; the steps go on without the caller then.
	 */
	void begin(long build) {
		Thread thread = Thread.ofVirtual().name("build-" + build).start(() -> inTurn(build));
		try {
			thread.join(this.properties.answerWithin());
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void start() {
		this.running = true;
		for (int n = 0; n < this.properties.concurrency(); n++) {
			this.threads.add(Thread.ofVirtual().name("build-tracker-" + n).start(this::run));
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.threads.forEach(Thread::interrupt);
		join();
		this.threads.clear();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// So that what is under way is given back before its connections are gone.
	private void join() {
		long deadline = System.nanoTime() + GIVING_BACK.toNanos();
		try {
			for (Thread thread : this.threads) {
				thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private void inTurn(long build) {
		try {
			if (!this.turn.tryAcquire(this.properties.answerWithin().toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
			try {
				long begun = System.nanoTime();
				while (step(this.tasks.claim(this.owner, build)) && this.tasks.isAccepted(build)
						&& System.nanoTime() - begun < this.properties.answerWithin().toNanos()) {
					Thread.sleep(BETWEEN_LOOKS);
				}
			}
			finally {
				this.turn.release();
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			// It is due for everybody in a moment.
			log.warn("The build {} was not begun at once: {}", build, ex.toString());
		}
	}

	private void run() {
		while (this.running) {
			try {
				if (!stepped()) {
					Thread.sleep(this.properties.look());
				}
			}
			catch (InterruptedException _) {
				return;
			}
		}
	}

	private boolean stepped() throws InterruptedException {
		try {
			return step(this.tasks.claim(this.owner, this.properties.polling()));
		}
		catch (RuntimeException ex) {
			if (this.running) {
				log.warn("No step of a build can be claimed: {}", ex.toString());
				Thread.sleep(PAUSE_AFTER_FAILURE);
			}
			return false;
		}
	}

	private boolean step(Optional<Claim> claimed) {
		if (claimed.isEmpty()) {
			return false;
		}
		Claim claim = claimed.get();
		try {
			this.steps.take(claim);
		}
		catch (RuntimeException | Error ex) {
			// A thread that ended here would be missing for ever.
			giveBack(claim, ex);
		}
		return true;
	}

	private void giveBack(Claim claim, Throwable failure) {
		boolean stopping = !this.running;
		if (!stopping) {
			log.warn("The step {} of build {} failed and comes again", claim.phase(), claim.build(), failure);
		}
		try {
			// Another process goes on at once. An interrupted thread could not say so.
			if (stopping) {
				Thread.interrupted();
			}
			this.tasks.failed(claim,
					stopping ? Duration.ZERO : PAUSE_AFTER_FAILURE.multipliedBy(1L << Math.min(claim.failures(), 8)));
		}
		catch (RuntimeException ex) {
			// The lease runs out instead.
			log.warn("The build {} could not be given back: {}", claim.build(), ex.toString());
		}
	}

}
