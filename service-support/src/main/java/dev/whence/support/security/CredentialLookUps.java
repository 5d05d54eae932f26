package dev.whence.support.security;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.log.LogBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the database says of credentials, remembered for a while. While it does not
 * answer, what is remembered keeps working for that time and everything else is 503:
 * whether the credential is good is unknown, which is not the caller's fault.
 *
 * @param <K> by what it is looked up; never a secret
 * @param <V> what is found
 */
final class CredentialLookUps<K, V> {

	private static final Logger logger = LoggerFactory.getLogger(CredentialLookUps.class);

	/** Shorter than the patience of the callers: 503 is better than a late answer. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final LogBudget lines = new LogBudget();

	private final String what;

	private final AsyncLoadingCache<K, Optional<V>> answers;

	/**
	 * @param what in the plural, for people
	 * @param find asks the database
	 */
	CredentialLookUps(String what, Function<K, Optional<V>> find, SecurityProperties properties, Ticker ticker) {
		this.what = what;
		// Asynchronous, so that all requests with one key wait for one look-up together:
		// a database that hangs would otherwise keep each of them for a look-up of its
		// own.
		this.answers = Caffeine.newBuilder()
			.maximumSize(properties.cachedKeys())
			.ticker(ticker)
			.executor((lookUp) -> Thread.ofVirtual().name("credential").start(lookUp))
			.expireAfter(Expiry.<K, Optional<V>>creating((key, answer) -> timeToLive(answer.isPresent(), properties)))
			.buildAsync(find::apply);
	}

	/**
	 * What is known under this key.
	 * @throws ProblemException {@code DEPENDENCY_UNAVAILABLE} when the database does not
	 * answer
	 */
	Optional<V> get(K key) {
		try {
			return this.answers.get(key).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			// Also when the control service has not created its schema yet.
			this.lines.spend(ex.getClass(),
					(leftOut) -> logger.atWarn()
						.addKeyValue("leftOut", leftOut)
						.log("{} cannot be verified: {}", this.what, ex.toString()));
			throw unavailable(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unavailable(ex);
		}
	}

	/**
	 * What the database says now.
	 * @throws ProblemException as {@link #get} does
	 */
	Optional<V> getNow(K key) {
		forget(key);
		return get(key);
	}

	/** Asks the database the next time. */
	void forget(K key) {
		this.answers.synchronous().invalidate(key);
	}

	private ProblemException unavailable(Exception cause) {
		return new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE,
				this.what + " cannot be verified right now; the database does not answer", List.of(), cause);
	}

	private static Duration timeToLive(boolean known, SecurityProperties properties) {
		return known ? properties.keyCacheTime() : properties.unknownKeyCacheTime();
	}

}
