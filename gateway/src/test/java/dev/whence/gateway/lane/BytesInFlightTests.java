package dev.whence.gateway.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.whence.gateway.lane.BytesInFlight.Account;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BytesInFlightTests {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final AtomicLong nanoTime = new AtomicLong();

	private final BytesInFlight inFlight = new BytesInFlight(100, PATIENCE, this.nanoTime::get);

	private final List<String> gaveWay = new ArrayList<>();

	@Test
	void whatIsAnnouncedAndNotSentTakesNoRoom() {
		for (int i = 0; i < 1000; i++) {
			assertThat(account("slow", 100).add(0)).isTrue();
		}

		assertThat(this.inFlight.hasRoomFor(100)).isTrue();
		assertThat(account("quick", 100).add(100)).isTrue();
		assertThat(this.inFlight.held()).isEqualTo(100);
	}

	@Test
	void whatDoesNotFitIsRefusedAndTakesNothing() {
		Account first = account("first", 60);
		assertThat(first.add(60)).isTrue();
		Account second = account("second", 60);

		assertThat(this.inFlight.hasRoomFor(60)).isFalse();
		assertThat(second.add(60)).isFalse();
		second.close();
		assertThat(this.inFlight.held()).isEqualTo(60);
		first.close();
		first.close();
		assertThat(this.inFlight.held()).isZero();
	}

	@Test
	void whoeverTakesLongGivesWayToOthersTheOldestFirst() {
		Account oldest = account("oldest", 50);
		oldest.add(40);
		this.nanoTime.addAndGet(1);
		account("older", 50).add(40);
		this.nanoTime.addAndGet(PATIENCE.toNanos());

		Account newest = account("newest", 60);
		assertThat(newest.add(60)).isTrue();
		assertThat(this.gaveWay).containsExactly("oldest");
		assertThat(this.inFlight.held()).isEqualTo(100);
		assertThat(oldest.add(1)).as("it has gone").isFalse();
		oldest.close();
		assertThat(this.inFlight.held()).isEqualTo(100);
	}

	@Test
	void nobodyGivesWayBeforeThePatienceIsOverOrWhileThereIsRoom() {
		account("first", 90).add(80);
		this.nanoTime.addAndGet(PATIENCE.toNanos() - 1);
		assertThat(account("second", 30).add(30)).isFalse();
		this.nanoTime.addAndGet(PATIENCE.toNanos());
		assertThat(account("third", 20).add(20)).isTrue();
		assertThat(this.gaveWay).isEmpty();
	}

	@Test
	void aWholeBodyThatIngestHasNotAnsweredStays() {
		Account inParts = account("in parts", 60);
		inParts.add(30);
		inParts.add(30);
		account("in one part", 40).add(40);
		this.nanoTime.addAndGet(2 * PATIENCE.toNanos());

		assertThat(account("next", 10).add(10)).isFalse();
		assertThat(this.gaveWay).isEmpty();
	}

	@Test
	void countsAreRightUnderContention() {
		BytesInFlight shared = new BytesInFlight(1000, Duration.ofNanos(1));
		AtomicInteger whole = new AtomicInteger();
		try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
			for (int i = 0; i < 20_000; i++) {
				senders.execute(() -> {
					Account account = shared.open(300, () -> {
					});
					boolean here = account.add(100) && account.add(100) && account.add(100);
					assertThat(shared.held()).isGreaterThanOrEqualTo(here ? 300 : 0);
					if (here) {
						whole.incrementAndGet();
					}
					account.close();
				});
			}
		}
		assertThat(shared.held()).isZero();
		assertThat(whole).hasPositiveValue();
	}

	private Account account(String name, long length) {
		return this.inFlight.open(length, () -> this.gaveWay.add(name));
	}

}
