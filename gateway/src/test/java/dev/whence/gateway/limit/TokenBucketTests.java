package dev.whence.gateway.limit;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenBucketTests {

	private static final long SECOND = 1_000_000_000L;

	@Test
	void theBurstPassesAtOnceAndTheNextWaits() {
		TokenBucket bucket = new TokenBucket(10, 3, 0);

		assertThat(IntStream.range(0, 3).mapToLong((i) -> bucket.tryTake(0))).containsOnly(0L);
		assertThat(bucket.tryTake(0)).isEqualTo(SECOND / 10);
	}

	@Test
	void tokensComeBackAtTheRate() {
		TokenBucket bucket = new TokenBucket(10, 1, 0);
		bucket.tryTake(0);

		assertThat(bucket.tryTake(SECOND / 10 - 1)).isEqualTo(1);
		assertThat(bucket.tryTake(SECOND / 10)).isZero();
	}

	@Test
	void aLongPauseNeverSavesMoreThanTheBurst() {
		TokenBucket bucket = new TokenBucket(10, 2, 0);

		long later = 3600 * SECOND;
		assertThat(IntStream.range(0, 5).filter((i) -> bucket.tryTake(later) == 0).count()).isEqualTo(2);
	}

	@Test
	void aClockThatOverflowsChangesNothing() {
		TokenBucket bucket = new TokenBucket(10, 1, Long.MAX_VALUE - 5);

		assertThat(bucket.tryTake(Long.MAX_VALUE - 5)).isZero();
		assertThat(bucket.tryTake(Long.MIN_VALUE)).isPositive();
		assertThat(bucket.tryTake(Long.MIN_VALUE + SECOND)).isZero();
	}

	@Test
	void manyThreadsTogetherTakeExactlyTheBurst() throws Exception {
		TokenBucket bucket = new TokenBucket(1, 100, 0);
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			Callable<Long> taker = () -> IntStream.range(0, 50).filter((i) -> bucket.tryTake(0) == 0).count();
			long taken = 0;
			for (Future<Long> future : threads.invokeAll(Collections.nCopies(8, taker))) {
				taken += future.get();
			}
			assertThat(taken).isEqualTo(100);
		}
	}

}
