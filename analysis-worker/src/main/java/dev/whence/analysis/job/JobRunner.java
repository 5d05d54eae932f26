package dev.whence.analysis.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Claims due jobs and runs them, a few at once. While a job runs its lease is renewed; a
 * process that dies or stalls loses its claims, and others go on.
 */
@Component
public class JobRunner implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

	/** How long stopping waits for work that is under way. */
	private static final Duration GIVING_BACK = Duration.ofSeconds(5);

	private final JobQueue queue;

	private final JobProperties properties;

	private final Map<JobKind, JobHandler> handlers;

	private final MeterRegistry metrics;

	private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();

	private final Semaphore work = new Semaphore(0);

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean running;

	private @Nullable ScheduledExecutorService heartbeat;

	JobRunner(JobQueue queue, JobProperties properties, List<JobHandler> handlers, MeterRegistry metrics) {
		this.queue = queue;
		this.properties = properties;
		this.handlers = handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
		this.metrics = metrics;
	}

	/** Says that there may be due work; never blocks. */
	public void wake() {
		if (this.work.availablePermits() < this.properties.concurrency()) {
			this.work.release();
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.heartbeat = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("lease-", 0).factory());
		for (int i = 0; i < this.properties.concurrency(); i++) {
			this.threads.add(Thread.ofVirtual().name("job-" + i).start(() -> loop(false)));
		}
		for (int i = 0; i < this.properties.background(); i++) {
			this.threads.add(Thread.ofVirtual().name("background-job-" + i).start(() -> loop(true)));
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.threads.forEach(Thread::interrupt);
		join();
		this.threads.clear();
		if (this.heartbeat != null) {
			this.heartbeat.shutdownNow();
		}
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

	private void loop(boolean background) {
		while (this.running) {
			try {
				if (!ranOne(background)) {
					rest(background);
				}
			}
			catch (InterruptedException _) {
				return;
			}
		}
	}

	// Nobody is woken for work that can wait.
	private void rest(boolean background) throws InterruptedException {
		if (background) {
			TimeUnit.MILLISECONDS.sleep(this.properties.poll().toMillis());
		}
		else {
			this.work.tryAcquire(this.properties.poll().toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private boolean ranOne(boolean background) throws InterruptedException {
		Optional<Claim> claim;
		try {
			claim = this.queue.claim(this.owner, background);
		}
		catch (RuntimeException ex) {
			if (this.running) {
				log.warn("No work can be claimed: {}", ex.toString());
				TimeUnit.SECONDS.sleep(1);
			}
			return false;
		}
		claim.ifPresent(this::run);
		return claim.isPresent();
	}

	private void run(Claim claim) {
		JobHandler handler = this.handlers.get(claim.kind());
		Timer.Sample timing = Timer.start(this.metrics);
		ScheduledFuture<?> renewal = renewing(claim);
		String outcome = "done";
		try {
			if (handler == null) {
				throw new IllegalStateException("nobody handles " + claim.kind());
			}
			handler.run(claim);
		}
		catch (RuntimeException | Error ex) {
			// A thread that ended here would be missing for ever.
			outcome = "failed";
			giveBack(claim, ex);
		}
		finally {
			renewal.cancel(false);
			timing.stop(this.metrics.timer("whence.analysis.jobs", "kind", claim.kind().name(), "outcome", outcome));
		}
	}

	private void giveBack(Claim claim, Throwable failure) {
		boolean stopping = !this.running;
		if (!stopping) {
			log.warn("Job {} {} failed and will be tried again", claim.kind(), claim.jobId(), failure);
		}
		try {
			if (stopping) {
				// Another worker takes it at once; nothing was wrong with it. An
				// interrupted thread could not say so.
				Thread.interrupted();
				this.queue.putBack(claim, Duration.ZERO);
			}
			else {
				this.queue.fail(claim, failure.toString());
			}
		}
		catch (RuntimeException ex) {
			// The lease runs out instead.
			log.warn("Job {} could not be given back: {}", claim.jobId(), ex.toString());
		}
	}

	private ScheduledFuture<?> renewing(Claim claim) {
		ScheduledExecutorService timer = this.heartbeat;
		if (timer == null) {
			throw new IllegalStateException("the runner is not started");
		}
		long period = this.properties.lease().toMillis() / 3;
		return timer.scheduleAtFixedRate(() -> renew(claim), period, period, TimeUnit.MILLISECONDS);
	}

	private void renew(Claim claim) {
		try {
			this.queue.renew(claim);
		}
		catch (RuntimeException ex) {
			log.warn("The lease of job {} could not be renewed: {}", claim.jobId(), ex.toString());
		}
	}

}
