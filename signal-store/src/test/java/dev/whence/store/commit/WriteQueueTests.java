package dev.whence.store.commit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.whence.store.copy.CopyBatch;
import dev.whence.store.table.Table;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How much may wait, and what one commit takes of it. */
class WriteQueueTests {

	private static final Duration LONG = Duration.ofHours(1);

	@Test
	void callersBeyondTheBytesAreRefused() throws Exception {
		WriteQueue queue = new WriteQueue(100, LONG, 1, LONG);
		assertThat(queue.offer(write(1, 60))).isTrue();
		assertThat(queue.offer(write(1, 60))).isFalse();
		assertThat(queue.offer(write(1, 40))).isTrue();
		queue.take(10);
		assertThat(queue.offer(write(1, 60))).as("there is room again").isTrue();
	}

	@Test
	void oneCallThatIsLargerThanTheQueueIsTakenWhenNothingElseWaits() {
		WriteQueue queue = new WriteQueue(100, LONG, 1, LONG);
		assertThat(queue.offer(write(1, 1000))).isTrue();
		assertThat(queue.offer(write(1, 1))).isFalse();
	}

	@Test
	void nobodyQueuesBehindACallThatHasWaitedTooLong() {
		WriteQueue queue = new WriteQueue(1000, Duration.ZERO, 1, LONG);
		assertThat(queue.offer(write(1, 1))).isTrue();
		assertThat(queue.offer(write(1, 1))).isFalse();
	}

	@Test
	void aCommitTakesWholeCallsUpToItsRowsButAtLeastOne() throws Exception {
		WriteQueue queue = new WriteQueue(10_000, LONG, 1, LONG);
		List<PendingWrite> writes = List.of(write(4, 1), write(5, 1), write(2, 1), write(30, 1));
		writes.forEach(queue::offer);
		assertThat(queue.take(10)).isEqualTo(writes.subList(0, 2));
		assertThat(queue.take(10)).isEqualTo(writes.subList(2, 3));
		assertThat(queue.take(10)).isEqualTo(writes.subList(3, 4));
	}

	@Test
	void aSecondCommitBeginsBesideTheFirstOnlyWhenEnoughWaits() throws Exception {
		WriteQueue queue = new WriteQueue(10_000, LONG, 100, LONG);
		queue.offer(write(1, 1));
		queue.take(1000);
		queue.offer(write(99, 1));
		CompletableFuture<List<PendingWrite>> second = new CompletableFuture<>();
		Thread taker = Thread.ofVirtual().start(() -> {
			try {
				second.complete(queue.take(1000));
			}
			catch (InterruptedException ex) {
				second.completeExceptionally(ex);
			}
		});
		Awaitility.await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
		assertThat(second).isNotDone();
		queue.offer(write(1, 1));
		assertThat(second.get()).hasSize(2);
	}

	@Test
	void nobodyWaitsLongForACommitThatHangs() throws Exception {
		WriteQueue queue = new WriteQueue(10_000, LONG, 100, Duration.ofMillis(1));
		queue.offer(write(1, 1));
		queue.take(1000);
		queue.offer(write(1, 1));
		assertThat(queue.take(1000)).as("although the first has not ended and there is only one").hasSize(1);
	}

	@Test
	void whatWaitedForACommitIsTakenWhenItEnds() throws Exception {
		WriteQueue queue = new WriteQueue(10_000, LONG, 100, LONG);
		queue.offer(write(1, 1));
		queue.take(1000);
		queue.offer(write(3, 1));
		queue.done();
		assertThat(queue.take(1000)).hasSize(1);
	}

	@Test
	void whoGaveUpIsNotWritten() throws Exception {
		WriteQueue queue = new WriteQueue(10_000, LONG, 1, LONG);
		PendingWrite impatient = write(1, 1);
		PendingWrite patient = write(1, 1);
		queue.offer(impatient);
		queue.offer(patient);
		assertThat(impatient.claim()).isTrue();
		assertThat(queue.take(10)).containsExactly(patient);
		assertThat(patient.claim()).as("it is too late to give up").isFalse();
	}

	@Test
	void aClosedQueueIsEmptiedAndTakesNothingMore() throws Exception {
		WriteQueue queue = new WriteQueue(10_000, LONG, 1, LONG);
		PendingWrite last = write(1, 1);
		queue.offer(last);
		queue.close();
		assertThat(queue.offer(write(1, 1))).isFalse();
		assertThat(queue.take(10)).containsExactly(last);
		assertThat(queue.take(10)).isEmpty();
	}

	@Test
	void closingWakesWhoWaits() throws Exception {
		WriteQueue queue = new WriteQueue(10_000, LONG, 1, LONG);
		CompletableFuture<List<PendingWrite>> taken = new CompletableFuture<>();
		Thread.ofVirtual().start(() -> {
			try {
				taken.complete(queue.take(10));
			}
			catch (InterruptedException ex) {
				taken.completeExceptionally(ex);
			}
		});
		queue.close();
		assertThat(taken.get()).isEmpty();
	}

	private static PendingWrite write(int rows, int bytes) {
		CopyBatch batch = new CopyBatch(rows);
		batch.into(Table.LOG_RECORD).putBytes(new byte[bytes - Math.min(bytes, Integer.BYTES)]);
		List<Bundle> bundles = IntStream.range(0, rows).mapToObj((_) -> (Bundle) null).toList();
		return new PendingWrite(bundles, batch);
	}

}
