package dev.whence.analysis.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

import dev.whence.analysis.lock.AnalysisLock.Held;
import dev.whence.support.redis.RedisProperties;
import dev.whence.testkit.redis.RedisServer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

import static org.assertj.core.api.Assertions.assertThat;

class RedissonAnalysisLockIT extends AnalysisLockKit {

	/** The promise is "about a second"; the machine may be very busy. */
	private static final Duration SOON = Duration.ofSeconds(5);

	private final Map<AnalysisLock, StallingProxy> networks = new IdentityHashMap<>();

	@Override
	AnalysisLock newWorker() {
		try {
			StallingProxy network = new StallingProxy(RedisServer.shared().url());
			AnalysisLock worker = workerAt(network.url());
			// On a busy machine the first connection takes longer than a worker waits.
			await().until(() -> isGuarded(worker, "warm-up:" + this.key));
			this.networks.put(worker, network);
			return worker;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	void stall(AnalysisLock worker) {
		this.networks.get(worker).stall(true);
	}

	@Override
	void resume(AnalysisLock worker) {
		this.networks.get(worker).stall(false);
	}

	@AfterEach
	void closeNetworks() {
		this.networks.values().forEach(StallingProxy::close);
	}

	@Test
	void lockIsNamedAfterItsPurposeAndKey() {
		RedissonClient client = clientAt(RedisServer.shared().url());
		acquire(worker());
		assertThat(client.getLock("rca:" + this.key).isLocked()).isTrue();
		client.shutdown();
	}

	@Test
	void workGoesOnUnguardedWhileRedisIsAwayFromTheStart() {
		try (RedisServer redis = RedisServer.start(); AnalysisLock worker = workerAt(redis.url())) {
			redis.kill();
			assertUnguardedSoon(worker);
			redis.restart();
			await().until(() -> isGuarded(worker, this.key));
		}
	}

	@Test
	void workGoesOnUnguardedWhileRedisIsDead() {
		try (RedisServer redis = RedisServer.start(); AnalysisLock worker = workerAt(redis.url())) {
			Held held = acquire(worker);
			redis.kill();
			assertUnguardedSoon(worker);
			assertThat(held.isHeld()).isFalse();
			held.close();
			redis.restart();
			await().until(() -> isGuarded(worker, this.key));
		}
	}

	@Test
	void workGoesOnUnguardedWhileRedisHangsAndTheBreakerSavesTheWait() {
		try (RedisServer redis = RedisServer.start(); AnalysisLock worker = workerAt(redis.url())) {
			acquire(worker).close();
			redis.pause();
			assertUnguardedSoon(worker);
			assertUnguardedSoon(worker);
			assertUnguardedSoon(worker);
			long begun = System.nanoTime();
			assertThat(worker.tryAcquire(this.key)).isPresent();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("nobody was asked")
				.isLessThan(PROPERTIES.timeout());
			redis.resume();
			await().until(() -> isGuarded(worker, this.key));
		}
	}

	@Test
	void lockThatRedisGrantsTooLateIsGivenBack() {
		try (RedisServer redis = RedisServer.start(); AnalysisLock worker = workerAt(redis.url())) {
			acquire(worker).close();
			redis.pause();
			assertThat(worker.tryAcquire(this.key)).get().matches((held) -> !held.isHeld());
			redis.resume();
			AnalysisLock other = workerAt(redis.url());
			// Were it not given back, the first worker's watchdog would renew it for
			// ever.
			await().until(() -> {
				Optional<Held> held = other.tryAcquire(this.key);
				return held.isPresent() && held.get().isHeld();
			});
			other.close();
		}
	}

	@Test
	void wipedRedisLosesTheLockAndNothingElse() {
		RedissonClient client = clientAt(RedisServer.shared().url());
		AnalysisLock worker = worker();
		Held held = acquire(worker);
		client.getKeys().delete("rca:" + this.key);
		assertThat(held.isHeld()).isFalse();
		Held next = acquire(worker());
		held.close();
		assertThat(next.isHeld()).isTrue();
		client.shutdown();
	}

	private void assertUnguardedSoon(AnalysisLock worker) {
		long begun = System.nanoTime();
		Optional<Held> held = worker.tryAcquire(this.key);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
		assertThat(held).isPresent();
		assertThat(this.registry.get("whence.analysis.lock").tag("outcome", "unguarded").counter().count())
			.isPositive();
	}

	private static boolean isGuarded(AnalysisLock worker, String key) {
		Optional<Held> held = worker.tryAcquire(key);
		boolean guarded = held.isPresent() && held.get().isHeld();
		held.ifPresent(Held::close);
		return guarded;
	}

	private AnalysisLock workerAt(String url) {
		return new RedissonAnalysisLock(clientAt(url),
				LockConfiguration.breaker(PROPERTIES, CircuitBreakerRegistry.ofDefaults()), PROPERTIES.timeout(),
				this.metrics);
	}

	private static RedissonClient clientAt(String url) {
		return LockConfiguration.client(new RedisProperties(url), PROPERTIES);
	}

}
