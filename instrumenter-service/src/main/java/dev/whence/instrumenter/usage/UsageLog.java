package dev.whence.instrumenter.usage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes uses from requests and writes them by a thread of its own. A request never waits:
 * while the database is down the newest are dropped once the queue is full, and a metric
 * says how many.
 */
@Component
@EnableConfigurationProperties(UsageProperties.class)
public class UsageLog implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(UsageLog.class);

	private static final int BATCH = 500;

	private final UsageProperties properties;

	private final UsageRepository repository;

	private final UsageSchema schema;

	private final InstantSource clock;

	private final BlockingQueue<UsageEvent> queue;

	private final Counter written;

	private final Counter dropped;

	private final Counter failures;

	private final AtomicBoolean running = new AtomicBoolean();

	private volatile Thread writer = Thread.currentThread();

	UsageLog(UsageProperties properties, UsageRepository repository, UsageSchema schema, InstantSource clock,
			MeterRegistry registry) {
		this.properties = properties;
		this.repository = repository;
		this.schema = schema;
		this.clock = clock;
		this.queue = new ArrayBlockingQueue<>(properties.queue());
		this.written = registry.counter("whence.instrumenter.usage.written");
		this.dropped = registry.counter("whence.instrumenter.usage.dropped");
		this.failures = registry.counter("whence.instrumenter.usage.failures");
		registry.gauge("whence.instrumenter.usage.waiting", this.queue, BlockingQueue::size);
	}

	/** Takes note; returns at once and never fails. */
	public void record(Usage usage) {
		if (this.properties.enabled() && !this.queue.offer(new UsageEvent(usage, this.clock.instant()))) {
			this.dropped.increment();
		}
	}

	@Override
	public void start() {
		if (this.properties.enabled() && this.running.compareAndSet(false, true)) {
			this.writer = Thread.ofVirtual().name("usage-log").start(this::run);
		}
	}

	private void run() {
		List<UsageEvent> batch = new ArrayList<>();
		boolean failing = false;
		while (this.running.get() || !this.queue.isEmpty()) {
			try {
				if (batch.isEmpty()) {
					UsageEvent first = this.queue.poll(1, TimeUnit.SECONDS);
					if (first == null) {
						continue;
					}
					batch.add(first);
					this.queue.drainTo(batch, BATCH - 1);
				}
				this.schema.ensure();
				this.repository.saveAll(batch);
				this.written.increment(batch.size());
				batch.clear();
				failing = false;
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (DataAccessException | TransactionException | UsageSchema.NotReadyException ex) {
				this.failures.increment();
				if (!failing) {
					log.warn("Usage cannot be written; {} wait: {}", this.queue.size() + batch.size(), ex.toString());
				}
				failing = true;
				if (!this.running.get() || !pause()) {
					return;
				}
			}
		}
	}

	private boolean pause() {
		try {
			Thread.sleep(this.properties.retry());
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	@Override
	public void stop() {
		if (this.running.compareAndSet(true, false)) {
			try {
				if (!this.writer.join(Duration.ofSeconds(3))) {
					this.writer.interrupt();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.running.get();
	}

}
