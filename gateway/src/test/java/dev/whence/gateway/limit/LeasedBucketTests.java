package dev.whence.gateway.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LeasedBucketTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final Lender lender = new Lender();

	private long now;

	@Test
	void theFirstRequestGoesOnWithTheTokenThatWasBorrowedForIt() {
		LeasedBucket bucket = bucket(100, LONG);

		CompletableFuture<Duration> first = take(bucket);
		assertThat(first).isNotDone();
		this.lender.lends(1);

		assertThat(first).isCompletedWithValue(Duration.ZERO);
		assertThat(this.lender.asked).containsExactly(1);
	}

	@Test
	void thoseWhoWaitTogetherAreAskedForTogether() {
		LeasedBucket bucket = bucket(100, LONG);
		take(bucket);
		List<CompletableFuture<Duration>> others = List.of(take(bucket), take(bucket), take(bucket));

		this.lender.lends(1);
		assertThat(this.lender.asked).containsExactly(1, 3);
		this.lender.lends(2);
		assertThat(others.subList(0, 2)).allMatch(CompletableFuture::isDone);
		assertThat(others.getLast()).isNotDone();
		this.lender.refuses(Duration.ofSeconds(3));

		assertThat(others.getLast()).isCompletedWithValue(Duration.ofSeconds(3));
	}

	@Test
	void batchesGrowWhileTheyAreUsedUpAndStartAnewAfterwards() {
		LeasedBucket bucket = bucket(1000, LONG);
		for (int i = 0; i < 300; i++) {
			take(bucket);
			this.lender.lendsWhatWasAskedFor();
		}
		assertThat(this.lender.asked).startsWith(1, 2, 4, 8, 16).endsWith(100).hasSizeLessThan(12);

		this.now += Duration.ofSeconds(2).toNanos();
		take(bucket);
		assertThat(this.lender.asked.getLast()).isEqualTo(1);
	}

	@Test
	void aRefusalHoldsWithoutAskingAgain() {
		LeasedBucket bucket = bucket(100, LONG);
		CompletableFuture<Duration> first = take(bucket);
		this.lender.refuses(Duration.ofSeconds(2));
		assertThat(first).isCompletedWithValue(Duration.ofSeconds(2));

		this.now += Duration.ofSeconds(1).toNanos();
		assertThat(take(bucket)).isCompletedWithValue(Duration.ofSeconds(1));
		assertThat(this.lender.asked).hasSize(1);

		this.now += Duration.ofSeconds(1).toNanos();
		assertThat(take(bucket)).isNotDone();
	}

	@Test
	void aLenderWithoutAnAnswerDelaysNobodyForLong() {
		LeasedBucket bucket = bucket(100, Duration.ofMillis(1));

		CompletableFuture<Duration> first = take(bucket);
		await().untilAsserted(() -> assertThat(first).isCompletedWithValue(Duration.ZERO));
		this.now += Duration.ofMillis(2).toNanos();

		assertThat(take(bucket)).isCompletedWithValue(Duration.ZERO);
		assertThat(this.lender.asked).hasSize(1);
	}

	@Test
	void whileTheLenderIsAwayTheLocalBucketLimits() {
		LeasedBucket bucket = bucket(3, LONG);
		CompletableFuture<Duration> first = take(bucket);
		this.lender.away = true;
		this.lender.fails();
		assertThat(first).isCompletedWithValue(Duration.ZERO);

		assertThat(take(bucket)).isCompletedWithValue(Duration.ZERO);
		assertThat(take(bucket)).isCompletedWithValue(Duration.ZERO);
		assertThat(take(bucket)).isCompletedWithValue(Duration.ofSeconds(1));
		assertThat(this.lender.asked).hasSize(1);

		this.lender.away = false;
		this.now += Duration.ofSeconds(1).toNanos();
		take(bucket);
		assertThat(this.lender.asked).hasSize(2);
	}

	@Test
	void noAnswerOfTheLenderExceedsTheLocalBucket() {
		LeasedBucket bucket = bucket(3, LONG);
		take(bucket);
		this.lender.lends(1000);

		assertThat(take(bucket)).isCompletedWithValue(Duration.ZERO);
		assertThat(take(bucket)).isCompletedWithValue(Duration.ZERO);
		assertThat(take(bucket)).isCompletedWithValue(Duration.ofSeconds(1));
	}

	private LeasedBucket bucket(int burst, Duration patience) {
		return new LeasedBucket("client", new TokenBucket(1, burst, 0), this.lender, Math.max(1, burst / 10), patience,
				() -> this.now);
	}

	private static CompletableFuture<Duration> take(LeasedBucket bucket) {
		return bucket.tryTake().toFuture();
	}

	/** Answers when it is told to. */
	private static final class Lender implements TokenLender {

		private final List<Integer> asked = new ArrayList<>();

		private CompletableFuture<Loan> question = CompletableFuture.completedFuture(new Loan(0, Duration.ZERO));

		private boolean away;

		@Override
		public CompletableFuture<Loan> borrow(String client, int tokens) {
			assertThat(this.question).as("one question at a time").isDone();
			this.asked.add(tokens);
			this.question = new CompletableFuture<>();
			return this.question;
		}

		@Override
		public boolean isAway() {
			return this.away;
		}

		void lends(int tokens) {
			this.question.complete(new Loan(tokens, Duration.ZERO));
		}

		void lendsWhatWasAskedFor() {
			if (!this.question.isDone()) {
				lends(this.asked.getLast());
			}
		}

		void refuses(Duration next) {
			this.question.complete(new Loan(0, next));
		}

		void fails() {
			this.question.completeExceptionally(new TimeoutException());
		}

	}

}
