package dev.whence.support.security;

import java.security.MessageDigest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.support.log.LogBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Verifies API keys against the view that the control service offers.
 * <p>
 * Answers are remembered by prefix, never by the token: guessing secrets for a known
 * prefix costs no database access, and no secret stays in memory. A revoked or expired
 * key stops working once its answer has aged out. While the database does not answer,
 * remembered keys keep working for that time and others get 503.
 */
final class JdbcCredentialVerifier implements CredentialVerifier {

	private static final Logger logger = LoggerFactory.getLogger(JdbcCredentialVerifier.class);

	/** Shorter than the patience of the callers: 503 is better than a late answer. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final LogBudget lines = new LogBudget();

	private final JdbcClient jdbc;

	private final AsyncLoadingCache<String, Optional<ActiveKey>> keys;

	JdbcCredentialVerifier(JdbcClient jdbc, SecurityProperties properties, Ticker ticker) {
		this.jdbc = jdbc;
		// Asynchronous, so that all requests with one key wait for one look-up together:
		// a
		// database that hangs would otherwise keep each of them for a look-up of its own.
		this.keys = Caffeine.newBuilder()
			.maximumSize(properties.cachedKeys())
			.ticker(ticker)
			.executor((lookUp) -> Thread.ofVirtual().name("api-key").start(lookUp))
			.expireAfter(Expiry
				.<String, Optional<ActiveKey>>creating((prefix, key) -> timeToLive(key.isPresent(), properties)))
			.buildAsync(this::find);
	}

	@Override
	public Optional<Credential> verify(String token) {
		return ApiKeySecret.parse(token).flatMap(this::verify);
	}

	private Optional<Credential> verify(ApiKeySecret presented) {
		return activeKey(presented.prefix()).filter((key) -> MessageDigest.isEqual(key.hash(), presented.hash()))
			.map(ActiveKey::credential);
	}

	private Optional<ActiveKey> activeKey(String prefix) {
		try {
			return this.keys.get(prefix).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			// Also when the control service has not created its schema yet: whether the
			// key is good is unknown, which is not the caller's fault.
			this.lines.spend(ex.getClass(),
					(leftOut) -> logger.atWarn()
						.addKeyValue("leftOut", leftOut)
						.log("API keys cannot be verified: {}", ex.toString()));
			throw unavailable(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unavailable(ex);
		}
	}

	private static ProblemException unavailable(Exception cause) {
		return new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE,
				"API keys cannot be verified right now; the database does not answer", List.of(), cause);
	}

	private Optional<ActiveKey> find(String prefix) {
		Optional<ActiveKey> found = this.jdbc.sql("""
				select id, project_id, name, scopes, secret_hash
				  from control.active_api_key
				 where prefix = :prefix
				""").param("prefix", prefix).query(JdbcCredentialVerifier::activeKey).optional();
		found.ifPresent((key) -> Thread.ofVirtual().name("api-key-use").start(() -> recordUse(key)));
		return found;
	}

	/** Off the request's path: a key works whether or not its use could be noted. */
	private void recordUse(ActiveKey key) {
		try {
			this.jdbc.sql("select control.record_api_key_use(:id)").param("id", key.id()).query().singleRow();
		}
		catch (DataAccessException ex) {
			logger.debug("The use of API key {} could not be noted", key.id(), ex);
		}
	}

	private static ActiveKey activeKey(ResultSet row, int number) throws SQLException {
		Array scopes = row.getArray("scopes");
		Set<Scope> allowed = EnumSet.noneOf(Scope.class);
		for (Object scope : (Object[]) scopes.getArray()) {
			// A scope that this version does not know yet grants nothing.
			Scope.named((String) scope).ifPresent(allowed::add);
		}
		Credential credential = new Credential(new ProjectId(row.getInt("project_id")), allowed, row.getString("name"));
		return new ActiveKey(row.getLong("id"), credential, row.getBytes("secret_hash"));
	}

	private static Duration timeToLive(boolean known, SecurityProperties properties) {
		return known ? properties.keyCacheTime() : properties.unknownKeyCacheTime();
	}

	private record ActiveKey(long id, Credential credential, byte[] hash) {
	}

}
