package dev.whence.control.account;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Passwords as Argon2id with 19 MiB, two passes and one lane, as OWASP's cheat sheet
 * begins with. Only so many are computed at a time; beyond that the answer is 503, and
 * the heap is safe from whoever signs in two hundred times at once.
 */
@Component
class PasswordHashes {

	private static final int SALT_BYTES = 16;

	private static final int HASH_BYTES = 32;

	private static final int LANES = 1;

	private static final int MEMORY_KIB = 19 * 1024;

	private static final int PASSES = 2;

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB,
			PASSES);

	private final Semaphore places;

	/** Of no password that anybody has, to spend the same time on unknown accounts. */
	private final Supplier<String> nobodys = SingletonSupplier.of(() -> this.encoder.encode("nobody's password"));

	PasswordHashes(AccountProperties properties) {
		this.places = new Semaphore(properties.hashConcurrency(), true);
	}

	String hash(String password) {
		return inTurn(() -> this.encoder.encode(PasswordPolicy.normalised(password)));
	}

	/**
	 * Whether the password is the one of the hash, in the same time whether it is or not.
	 * @param hash null for an account that does not exist or has no password
	 */
	boolean matches(String password, @Nullable String hash) {
		// Longer than any password that was ever taken.
		String tried = (password.length() <= 512) ? PasswordPolicy.normalised(password) : "";
		return inTurn(() -> this.encoder.matches(tried, (hash != null) ? hash : this.nobodys.get())) && hash != null;
	}

	private <T> T inTurn(Supplier<T> work) {
		try {
			if (!this.places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new ProblemException(ProblemCode.OVERLOADED, "Too many are signing in at once; try again soon");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ProblemException(ProblemCode.OVERLOADED, "The service is stopping");
		}
		try {
			return work.get();
		}
		finally {
			this.places.release();
		}
	}

}
