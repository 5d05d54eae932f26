package dev.whence.control.throttle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TriesTests {

	private static final ClientAddress HOME = new ClientAddress("192.0.2.1");

	private final AtomicLong nanos = new AtomicLong();

	private final Tries tries = new Tries(this.nanos::get);

	@Test
	void guessingFromOneAddressIsSlowedAfterTenTries() {
		assertThat(freeTries("victim@example.com", HOME, false)).isEqualTo(10);
		assertThat(this.tries.signIn("victim@example.com", HOME, () -> false)).isPositive()
			.isLessThanOrEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void nobodyIsLockedOutForLongerThanAPause() {
		freeTries("victim@example.com", HOME, false);
		this.nanos.addAndGet(Duration.ofSeconds(30).toNanos());
		assertThat(this.tries.signIn("victim@example.com", HOME, () -> false)).isZero();
		assertThat(this.tries.signIn("victim@example.com", HOME, () -> false)).isPositive();
	}

	@Test
	void guessingFromManyAddressesIsSlowedWithinTwentyTries() {
		int free = 0;
		while (this.tries.signIn("victim@example.com", new ClientAddress("198.51.100." + free), () -> false).isZero()) {
			free++;
		}
		assertThat(free).isEqualTo(15);
	}

	@Test
	void theOwnerGetsInFromAnAddressTheyHaveComeFromBefore() {
		for (int n = 0; n < 1000; n++) {
			this.tries.signIn("victim@example.com", new ClientAddress("198.51.100." + n), () -> false);
		}
		assertThat(this.tries.signIn("victim@example.com", HOME, () -> true)).isZero();
		assertThat(this.tries.signIn("Victim@Example.com", new ClientAddress("203.0.113.1"), () -> false)).isPositive();
	}

	@Test
	void theRightPasswordForgivesTheWrongOnesBeforeIt() {
		freeTries("a@example.com", HOME, false);
		this.tries.signedIn("A@example.com", HOME);
		assertThat(this.tries.signIn("a@example.com", HOME, () -> true)).isZero();
	}

	@Test
	void oneAddressThatTriesManyAccountsIsSlowed() {
		int free = 0;
		while (this.tries.signIn(free + "@example.com", HOME, () -> false).isZero()) {
			free++;
		}
		assertThat(free).isEqualTo(100);
	}

	@Test
	void registeringIsSlowedToo() {
		int free = 0;
		while (this.tries.register(HOME).isZero()) {
			free++;
		}
		assertThat(free).isEqualTo(20);
	}

	private int freeTries(String account, ClientAddress address, boolean known) {
		int free = 0;
		while (this.tries.signIn(account, address, () -> known).isZero()) {
			free++;
		}
		return free;
	}

}
