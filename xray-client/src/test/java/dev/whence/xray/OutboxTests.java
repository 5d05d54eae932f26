package dev.whence.xray;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTests {

	private static final int PRODUCERS = 4;

	private static final int EACH = 20_000;

	@Test
	void aBatchHasSoManyEventsAndBytesButAtLeastOneEvent() {
		Outbox outbox = new Outbox(10, 1000);
		outbox.offer(new byte[50]);
		outbox.offer(new byte[10]);
		outbox.offer(new byte[10]);
		outbox.offer(new byte[10]);

		assertThat(outbox.take(5, 20)).hasSize(1);
		assertThat(outbox.take(5, 20)).hasSize(2);
		assertThat(outbox.take(5, 20)).hasSize(1);
		assertThat(outbox.take(5, 20)).isEmpty();
		assertThat(outbox.size()).isEqualTo(4);
	}

	@Test
	void whatIsUnderWayTakesRoomUntilItIsSettled() {
		Outbox outbox = new Outbox(2, 1000);
		outbox.offer(new byte[1]);
		outbox.offer(new byte[1]);
		List<byte[]> batch = outbox.take(2, 1000);
		outbox.offer(new byte[1]);
		assertThat(outbox.dropped()).isOne();

		outbox.delivered(batch, 1);
		outbox.offer(new byte[1]);
		assertThat(outbox.dropped()).isOne();
		assertThat(outbox.sent()).isOne();
		assertThat(outbox.failed()).isOne();
	}

	/** Producers, a taker and the end at any moment. */
	@RepeatedTest(10)
	void everyEventEndsInExactlyOneCounter() throws InterruptedException {
		Outbox outbox = new Outbox(100, 1_000_000);
		CountDownLatch start = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		for (int number = 0; number < PRODUCERS; number++) {
			threads.add(new Thread(() -> {
				await(start);
				for (int event = 0; event < EACH; event++) {
					outbox.offer(new byte[10]);
				}
			}));
		}
		Random random = new Random();
		int closeAfter = random.nextInt(3000);
		threads.add(new Thread(() -> {
			await(start);
			for (int taken = 0; taken < closeAfter; taken++) {
				List<byte[]> batch = outbox.take(7, 1_000_000);
				switch (random.nextInt(3)) {
					case 0 -> outbox.delivered(batch, Math.min(1, batch.size()));
					case 1 -> outbox.failed(batch);
					default -> outbox.dropped(batch);
				}
			}
			outbox.close();
		}));
		threads.forEach(Thread::start);
		start.countDown();
		for (Thread thread : threads) {
			thread.join();
		}

		assertThat(outbox.sent() + outbox.dropped() + outbox.failed()).isEqualTo((long) PRODUCERS * EACH);
		assertThat(outbox.size()).isZero();
		assertThat(outbox.settled()).isEqualTo(outbox.accepted());
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
