package dev.whence.support.wire.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.whence.support.health.DependencyCheck;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Names Kafka in the readiness answer without making it a condition: signals are taken
 * and stored while it is away. A probe is answered from the last look, which is renewed
 * in the background.
 */
class KafkaCheck implements DependencyCheck {

	private static final Duration FRESH = Duration.ofSeconds(5);

	private final Map<String, Object> adminSettings;

	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile long lookedAt = System.nanoTime() - FRESH.toNanos();

	private volatile @Nullable Exception failure;

	KafkaCheck(Map<String, Object> adminSettings) {
		this.adminSettings = adminSettings;
	}

	@Override
	public String name() {
		return "kafka";
	}

	@Override
	public boolean required() {
		return false;
	}

	@Override
	public void check() throws Exception {
		if (System.nanoTime() - this.lookedAt >= FRESH.toNanos() && this.looking.compareAndSet(false, true)) {
			Thread.ofVirtual().name("kafka-check").start(this::look);
		}
		Exception last = this.failure;
		if (last != null) {
			throw last;
		}
	}

	private void look() {
		try (Admin admin = Admin.create(this.adminSettings)) {
			admin.describeCluster().clusterId().get(2, TimeUnit.SECONDS);
			this.failure = null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			this.failure = new IllegalStateException("no answer within two seconds", ex);
		}
		finally {
			this.lookedAt = System.nanoTime();
			this.looking.set(false);
		}
	}

}
