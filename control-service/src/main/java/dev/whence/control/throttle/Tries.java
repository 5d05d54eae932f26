package dev.whence.control.throttle;

import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import com.github.benmanes.caffeine.cache.Ticker;
import org.springframework.beans.factory.annotation.Autowired;

import org.springframework.stereotype.Component;

/**
 * Slows guessing down: per account and address, per account, and per address. An address
 * from which the account has signed in before is not slowed by what others try on it, so
 * that nobody can be kept out of their own account. It is kept in memory: a restart gives
 * every guesser a few tries, and replicas count apart.
 */
@Component
public class Tries {

	private final Allowance pairs;

	private final Allowance accounts;

	private final Allowance addresses;

	private final Allowance registrations;

	@Autowired
	Tries() {
		this(Ticker.systemTicker());
	}

	Tries(Ticker ticker) {
		this.pairs = new Allowance(10, Duration.ofSeconds(30), ticker);
		this.accounts = new Allowance(15, Duration.ofSeconds(20), ticker);
		this.addresses = new Allowance(100, Duration.ofSeconds(1), ticker);
		this.registrations = new Allowance(20, Duration.ofSeconds(10), ticker);
	}

	/**
	 * Charges a sign-in before the password is looked at.
	 * @param account what was given as its name, whether or not it exists
	 * @param known whether the account has signed in from there before; asked only when
	 * it matters
	 * @return how long to wait; zero to go on
	 */
	public Duration signIn(String account, ClientAddress address, BooleanSupplier known) {
		Duration wait = this.addresses.take(address.value());
		if (wait.isZero()) {
			wait = this.pairs.take(pair(account, address));
		}
		if (wait.isZero()) {
			wait = this.accounts.take(name(account));
			if (!wait.isZero() && known.getAsBoolean()) {
				return Duration.ZERO;
			}
		}
		return wait;
	}

	/** The password was right: whoever mistyped it before starts anew. */
	public void signedIn(String account, ClientAddress address) {
		this.pairs.reset(pair(account, address));
	}

	/** Charges an attempt to register. */
	public Duration register(ClientAddress address) {
		return this.registrations.take(address.value());
	}

	private static String pair(String account, ClientAddress address) {
		return address.value() + ' ' + name(account);
	}

	// Long enough for an address; what is longer is none.
	private static String name(String account) {
		return account.substring(0, Math.min(account.length(), 254)).toLowerCase(Locale.ROOT);
	}

}
