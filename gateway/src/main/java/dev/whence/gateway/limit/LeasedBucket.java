package dev.whence.gateway.limit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.whence.gateway.limit.TokenLender.Loan;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One client's share of a bucket that several gateways share. Tokens are borrowed ahead,
 * in batches that grow while they are used up and start anew when they are not, so that a
 * request rarely waits for the lender and never longer than a few milliseconds. The local
 * bucket is charged for every request: it is what limits the client while the lender is
 * away, and what no answer of the lender can exceed.
 */
final class LeasedBucket {

	/** What is borrowed and not spent in this time is gone; the shared bucket refills. */
	private static final long LEASE = TimeUnit.SECONDS.toNanos(1);

	private final String client;

	private final TokenBucket local;

	private final TokenLender lender;

	private final int largestBatch;

	private final Duration patience;

	private final LongSupplier nanoTime;

	/** Requests that wait for the answer of the lender, the longest waiting first. */
	private final Queue<CompletableFuture<Duration>> waiting = new ArrayDeque<>();

	private int leased;

	private long leasedUntil;

	private int batch = 1;

	private @Nullable Long askedAt;

	private long refusedUntil;

	LeasedBucket(String client, TokenBucket local, TokenLender lender, int largestBatch, Duration patience,
			LongSupplier nanoTime) {
		this.client = client;
		this.local = local;
		this.lender = lender;
		this.largestBatch = largestBatch;
		this.patience = patience;
		this.nanoTime = nanoTime;
		this.leasedUntil = nanoTime.getAsLong();
		this.refusedUntil = this.leasedUntil;
	}

	/** How long the client has to wait; zero if it may go on. */
	Mono<Duration> tryTake() {
		long now = this.nanoTime.getAsLong();
		CompletableFuture<Duration> turn = null;
		int ask;
		synchronized (this) {
			boolean shared = !this.lender.isAway();
			boolean empty = this.leased == 0 || this.leasedUntil - now <= 0;
			if (shared && empty && isRefused(now)) {
				return Mono.just(Duration.ofNanos(this.refusedUntil - now));
			}
			long missing = this.local.tryTake(now);
			if (missing > 0) {
				return Mono.just(Duration.ofNanos(missing));
			}
			if (!empty) {
				this.leased--;
			}
			else if (shared && !isLenderSlow(now)) {
				turn = new CompletableFuture<>();
				this.waiting.add(turn);
			}
			ask = shared ? nextQuestion(now) : 0;
		}
		ask(ask);
		return (turn != null)
				? Mono.fromFuture(turn.completeOnTimeout(Duration.ZERO, this.patience.toNanos(), TimeUnit.NANOSECONDS))
				: KeyLimit.GO_ON;
	}

	private boolean isRefused(long now) {
		return this.refusedUntil - now > 0;
	}

	/** Those who come while an answer is overdue do not wait for it as well. */
	private boolean isLenderSlow(long now) {
		return this.askedAt != null && now - this.askedAt > this.patience.toNanos();
	}

	/** How many tokens to ask for now; 0 to leave it. */
	private int nextQuestion(long now) {
		if (this.askedAt != null) {
			return 0;
		}
		if (this.leasedUntil - now <= 0) {
			this.leased = 0;
		}
		boolean runningOut = this.leased > 0 && this.leased <= this.batch / 2 && !isRefused(now);
		if (this.waiting.isEmpty() && !runningOut) {
			return 0;
		}
		boolean usedUp = this.leasedUntil - now > 0;
		this.batch = usedUp ? Math.min(this.largestBatch, this.batch * 2) : 1;
		this.askedAt = now;
		return Math.max(this.batch, this.waiting.size());
	}

	private void ask(int tokens) {
		if (tokens > 0) {
			this.lender.borrow(this.client, tokens).whenComplete((loan, failure) -> answered(loan));
		}
	}

	private void answered(@Nullable Loan loan) {
		Queue<CompletableFuture<Duration>> told = new ArrayDeque<>();
		Duration answer = Duration.ZERO;
		int ask = 0;
		synchronized (this) {
			long now = this.nanoTime.getAsLong();
			this.askedAt = null;
			if (loan == null || loan.tokens() == 0) {
				// Without an answer the local bucket decides, and it has agreed.
				answer = (loan != null) ? loan.next() : Duration.ZERO;
				this.refusedUntil = now + answer.toNanos();
				told.addAll(this.waiting);
				this.waiting.clear();
			}
			else {
				this.leased = ((this.leasedUntil - now > 0) ? this.leased : 0) + loan.tokens();
				this.leasedUntil = now + LEASE;
				for (; this.leased > 0 && !this.waiting.isEmpty(); this.leased--) {
					told.add(this.waiting.remove());
				}
				ask = nextQuestion(now);
			}
		}
		for (CompletableFuture<Duration> turn : told) {
			turn.complete(answer);
		}
		ask(ask);
	}

}
