package dev.whence.support.security;

import java.security.MessageDigest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.whence.model.ProjectId;
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

	private final JdbcClient jdbc;

	private final CredentialLookUps<String, ActiveKey> keys;

	JdbcCredentialVerifier(JdbcClient jdbc, SecurityProperties properties, Ticker ticker) {
		this.jdbc = jdbc;
		this.keys = new CredentialLookUps<>("API keys", this::find, properties, ticker);
	}

	@Override
	public Optional<Credential> verify(String token) {
		return ApiKeySecret.parse(token).flatMap((key) -> credential(this.keys.get(key.prefix()), key));
	}

	// Only for who has the secret: others could make the database be asked at will.
	@Override
	public Optional<Credential> verifyNow(String token) {
		return verify(token).flatMap((_) -> ApiKeySecret.parse(token))
			.flatMap((key) -> credential(this.keys.getNow(key.prefix()), key));
	}

	private static Optional<Credential> credential(Optional<ActiveKey> stored, ApiKeySecret presented) {
		return stored.filter((key) -> MessageDigest.isEqual(key.hash(), presented.hash())).map(ActiveKey::credential);
	}

	private Optional<ActiveKey> find(String prefix) {
		Optional<ActiveKey> found = this.jdbc.sql("""
				select id, project_id, name, scopes, secret_hash, requests_per_minute
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
		long id = row.getLong("id");
		Holder holder = new Holder.Key(id, row.getObject("requests_per_minute", Integer.class));
		Credential credential = new Credential(new ProjectId(row.getInt("project_id")), allowed, row.getString("name"),
				holder);
		return new ActiveKey(id, credential, row.getBytes("secret_hash"));
	}

	private record ActiveKey(long id, Credential credential, byte[] hash) {
	}

}
