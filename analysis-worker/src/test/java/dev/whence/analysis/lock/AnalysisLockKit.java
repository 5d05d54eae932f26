package dev.whence.analysis.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.whence.analysis.lock.AnalysisLock.Held;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every analysis lock promises; each adapter runs all of it. */
abstract class AnalysisLockKit {

	static final LockProperties PROPERTIES = new LockProperties(LockProperties.Kind.REDISSON, Duration.ofSeconds(2),
			Duration.ofMillis(500), Duration.ofSeconds(1));

	final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	final LockMetrics metrics = new LockMetrics(this.registry);

	final String key = "1:" + UUID.randomUUID();

	private final List<AnalysisLock> workers = new ArrayList<>();

	/** The lock as another worker process sees it. */
	abstract AnalysisLock newWorker();

	/** Keeps the worker from renewing, as a long pause of its process does. */
	abstract void stall(AnalysisLock worker);

	/** Ends {@link #stall}. */
	abstract void resume(AnalysisLock worker);

	@AfterEach
	void closeWorkers() {
		this.workers.forEach(AnalysisLock::close);
	}

	@Test
	void heldKeyIsRefusedToEveryoneElse() {
		AnalysisLock first = worker();
		AnalysisLock second = worker();
		Held held = acquire(first);
		assertThat(held.isHeld()).isTrue();
		assertThat(second.tryAcquire(this.key)).isEmpty();
		assertThat(first.tryAcquire(this.key)).as("not even to the worker itself").isEmpty();
		assertThat(second.tryAcquire(this.key + "other")).isPresent();
	}

	@Test
	void releasedKeyIsFreeAtOnce() {
		AnalysisLock first = worker();
		AnalysisLock second = worker();
		Held held = acquire(first);
		held.close();
		assertThat(held.isHeld()).isFalse();
		assertThat(second.tryAcquire(this.key)).isPresent();
	}

	@Test
	void releasingTwiceDoesNotFreeTheNextHolder() {
		AnalysisLock first = worker();
		AnalysisLock second = worker();
		Held early = acquire(first);
		early.close();
		Held late = acquire(second);
		early.close();
		assertThat(late.isHeld()).isTrue();
		assertThat(first.tryAcquire(this.key)).isEmpty();
	}

	@Test
	void anyThreadMayRelease() throws InterruptedException {
		AnalysisLock first = worker();
		Held held = acquire(first);
		Thread.ofVirtual().start(held::close).join();
		assertThat(worker().tryAcquire(this.key)).isPresent();
	}

	@Test
	void contendersNeverWorkAtTheSameTime() throws InterruptedException {
		List<AnalysisLock> contenders = List.of(worker(), worker(), worker());
		List<String> keys = List.of(this.key + "a", this.key + "b");
		Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
		AtomicInteger overlaps = new AtomicInteger();
		AtomicInteger turns = new AtomicInteger();
		List<Thread> threads = new ArrayList<>();
		for (int n = 0; n < 24; n++) {
			AnalysisLock contender = contenders.get(n % contenders.size());
			String wanted = keys.get(n % keys.size());
			threads.add(Thread.ofVirtual().start(() -> {
				for (int attempt = 0; attempt < 40; attempt++) {
					contender.tryAcquire(wanted).ifPresent((held) -> {
						AtomicInteger here = inside.computeIfAbsent(wanted, (k) -> new AtomicInteger());
						if (here.incrementAndGet() != 1) {
							overlaps.incrementAndGet();
						}
						Thread.yield();
						turns.incrementAndGet();
						here.decrementAndGet();
						held.close();
					});
				}
			}));
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(overlaps).hasValue(0);
		assertThat(turns).hasValueGreaterThan(2);
		assertThat(this.registry.find("whence.analysis.lock").tag("outcome", "busy").counter())
			.as("there was contention")
			.isNotNull();
	}

	@Test
	void longWorkKeepsTheKeyBeyondItsLease() {
		Held held = acquire(worker());
		AnalysisLock other = worker();
		await().during(PROPERTIES.lease().multipliedBy(2)).until(() -> other.tryAcquire(this.key).isEmpty());
		assertThat(held.isHeld()).isTrue();
	}

	@Test
	void holderThatDiesLeavesTheKeyWhenItsLeaseIsOver() {
		AnalysisLock dying = worker();
		acquire(dying);
		AnalysisLock other = worker();
		dying.close();
		assertThat(other.tryAcquire(this.key)).isEmpty();
		await().until(() -> other.tryAcquire(this.key).isPresent());
	}

	@Test
	void holderThatStallsPastItsLeaseLosesItAndItsLateReleaseFreesNobody() {
		AnalysisLock stalling = worker();
		Held lost = acquire(stalling);
		AnalysisLock other = worker();
		stall(stalling);
		Held won = Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> other.tryAcquire(this.key), Optional::isPresent)
			.orElseThrow();
		resume(stalling);
		await().until(() -> !lost.isHeld());
		lost.close();
		assertThat(won.isHeld()).isTrue();
		assertThat(worker().tryAcquire(this.key)).isEmpty();
	}

	final AnalysisLock worker() {
		AnalysisLock worker = newWorker();
		this.workers.add(worker);
		return worker;
	}

	final Held acquire(AnalysisLock worker) {
		return worker.tryAcquire(this.key).orElseThrow();
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100));
	}

}
