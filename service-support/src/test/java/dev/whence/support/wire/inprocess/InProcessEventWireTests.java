package dev.whence.support.wire.inprocess;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.EventWireKit;
import dev.whence.support.wire.PoisonMessageException;
import dev.whence.support.wire.WireMessage;
import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InProcessEventWireTests extends EventWireKit {

	@Override
	protected EventWire newWire(WireProperties properties, WireMetrics metrics) {
		return new InProcessEventWire(properties, metrics);
	}

	@Override
	protected List<String> independentKeys(WireProperties properties) {
		return List.of("one", "two");
	}

	@Test
	void groupThatFellTooFarBehindRefusesUntilItHasRoom() {
		EventWire wire = wire(bounded(3, 10));
		CountDownLatch release = new CountDownLatch(1);
		Queue<String> received = new ConcurrentLinkedQueue<>();
		wire.subscribe(this.topic, "slow", (message) -> {
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			received.add(message.json());
		});
		for (int n = 0; n < 3; n++) {
			assertThat(wire.send(new WireMessage(this.topic, "key", "taken"))).isCompleted();
		}
		assertThat(wire.send(new WireMessage(this.topic, "key", "refused"))).isCompletedExceptionally();
		assertThat(count("whence.wire.send.failed")).isEqualTo(1);
		release.countDown();
		await().untilAsserted(() -> assertThat(received).hasSize(3).containsOnly("taken"));
		assertThat(wire.send(new WireMessage(this.topic, "key", "taken"))).isCompleted();
	}

	@Test
	void onlyTheLatestDeadLettersAreKept() {
		EventWire wire = wire(bounded(1000, 5));
		wire.subscribe(this.topic, "poisoned", (message) -> {
			throw new PoisonMessageException("never", null);
		});
		for (int n = 0; n < 20; n++) {
			assertThat(wire.send(new WireMessage(this.topic, "key", String.valueOf(n)))).isCompleted();
		}
		await().untilAsserted(() -> assertThat(count("whence.wire.dead.lettered")).isEqualTo(20));
		Queue<String> letters = new ConcurrentLinkedQueue<>();
		wire.subscribe(this.topic + "-dlt", "reader", (message) -> letters.add(message.json()));
		await().untilAsserted(() -> assertThat(letters)
			.containsExactlyElementsOf(IntStream.range(15, 20).mapToObj(String::valueOf).toList()));
	}

	private static WireProperties bounded(int capacity, int retained) {
		return new WireProperties(WireProperties.Kind.IN_PROCESS, HANDLING_LIMIT, 1,
				new WireProperties.Retry(Duration.ofMillis(100), Duration.ofSeconds(2)), PROPERTIES.kafka(),
				new WireProperties.InProcess(capacity, retained));
	}

}
