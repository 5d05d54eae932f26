package dev.whence.control.token;

import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.support.secret.SecretSeal;
import dev.whence.support.security.AccessToken;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The keys that sign tokens. Which one signs follows from the database's clock alone: the
 * youngest whose moment has come. A new one is published ahead of its moment, and the one
 * before is published until the last token that it signed has expired. One process at a
 * time makes keys.
 */
@Component
@EnableConfigurationProperties(SigningProperties.class)
class SigningKeys {

	/** Of the advisory lock that orders the making of keys. */
	private static final long MAKING = 0x7768656e63650002L;

	/** For clocks that differ, and for processes that know the old key a while longer. */
	private static final Duration MARGIN = Duration.ofMinutes(5);

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final SigningProperties properties;

	private final SecretSeal seal;

	SigningKeys(JdbcClient jdbc, TransactionOperations transactions, SigningProperties properties) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.properties = properties;
		this.seal = new SecretSeal(properties.secretKey(), "whence.control.token.secret-key", "WHENCE_SECRET_KEY");
	}

	/** Whether keys can be made and opened at all. */
	boolean isUsable() {
		return this.seal.isUsable();
	}

	/**
	 * The key that signs now, made if there is none.
	 * @throws ProblemException {@code CONFLICT} without a secret key to seal it with,
	 * {@code DEPENDENCY_UNAVAILABLE} when it was sealed with another one
	 */
	ECKey current() {
		return find().orElseGet(this::makeFirst);
	}

	/**
	 * All keys that may have signed a token which is still good, without their secrets.
	 */
	JWKSet published() {
		List<JWK> keys = this.jdbc.sql("select public_jwk from control.public_signing_key order by kid limit 100")
			.query((row, number) -> parse(row.getString(1)))
			.list();
		return new JWKSet(keys);
	}

	/**
	 * Makes the next key, unless it exists.
	 * @return the id of the next key
	 */
	String rotate() {
		return this.transactions.execute((status) -> {
			lock();
			return this.jdbc.sql("select kid from control.signing_key where active_from > now() limit 1")
				.query(String.class)
				.optional()
				.orElseGet(() -> make(this.properties.publishAhead()));
		});
	}

	/**
	 * Makes a key that signs at once, in place of one that must not sign any more. The
	 * keys before verify nothing from now on: every session has to refresh.
	 * @return the id of the key
	 */
	String replace() {
		return this.transactions.execute((status) -> {
			lock();
			this.jdbc.sql("delete from control.signing_key where active_from > now()").update();
			this.jdbc.sql("update control.signing_key set verify_until = now()").update();
			return make(Duration.ZERO);
		});
	}

	/**
	 * Makes the first key, the next one when it is time, and deletes those of the past.
	 */
	void maintain() {
		if (!isUsable()) {
			return;
		}
		boolean due = this.jdbc.sql("""
				select coalesce(max(active_from) < now() - make_interval(secs => :seconds), true)
				  from control.signing_key
				""").param("seconds", this.properties.rotateEvery().toSeconds()).query(Boolean.class).single();
		if (due) {
			this.transactions.executeWithoutResult((status) -> {
				lock();
				Optional<Boolean> late = this.jdbc.sql("""
						select max(active_from) < now() - make_interval(secs => :seconds) from control.signing_key
						having count(*) > 0
						""")
					.param("seconds", this.properties.rotateEvery().toSeconds())
					.query(Boolean.class)
					.optional();
				if (late.isEmpty()) {
					make(Duration.ZERO);
				}
				else if (late.get()) {
					make(this.properties.publishAhead());
				}
			});
		}
		this.jdbc.sql("delete from control.signing_key where verify_until < now() - interval '1 day'").update();
	}

	private ECKey makeFirst() {
		this.transactions.executeWithoutResult((status) -> {
			lock();
			if (find().isEmpty()) {
				make(Duration.ZERO);
			}
		});
		return find().orElseThrow(() -> new IllegalStateException("the signing key that was made is gone"));
	}

	private Optional<ECKey> find() {
		return this.jdbc.sql("""
				select kid, sealed_jwk from control.signing_key
				 where active_from <= now() and (verify_until is null or verify_until > now())
				 order by active_from desc limit 1
				""").query((row, number) -> open(row.getString("kid"), row.getBytes("sealed_jwk"))).optional();
	}

	private ECKey open(String kid, byte[] sealed) {
		try {
			return parse(this.seal.open(sealed, context(kid))).toECKey();
		}
		catch (IllegalStateException ex) {
			throw new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE,
					"The key that signs tokens was sealed with another WHENCE_SECRET_KEY: set that one again, or make "
							+ "a new key with POST /api/auth/keys/replace",
					List.of(), ex);
		}
	}

	private String make(Duration ahead) {
		try {
			String kid = UUID.randomUUID().toString();
			ECKey key = new ECKeyGenerator(Curve.P_256).keyID(kid)
				.keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.parse(AccessToken.ALGORITHM.getName()))
				.generate();
			this.jdbc.sql("""
					insert into control.signing_key (kid, public_jwk, sealed_jwk, active_from)
					values (:kid, :public, :sealed, now() + make_interval(secs => :ahead))
					""")
				.param("kid", kid)
				.param("public", key.toPublicJWK().toJSONString())
				.param("sealed", this.seal.seal(key.toJSONString(), context(kid)))
				.param("ahead", ahead.toMillis() / 1000.0)
				.update();
			this.jdbc.sql("""
					update control.signing_key set verify_until = now() + make_interval(secs => :rest)
					 where kid <> :kid and verify_until is null
					""")
				.param("kid", kid)
				.param("rest", ahead.plus(this.properties.lifetime()).plus(MARGIN).toMillis() / 1000.0)
				.update();
			return kid;
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("every Java platform has P-256", ex);
		}
	}

	private void lock() {
		this.jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", MAKING).query().singleRow();
	}

	private static JWK parse(String json) {
		try {
			return JWK.parse(json);
		}
		catch (ParseException ex) {
			throw new IllegalStateException("the signing key is no JWK", ex);
		}
	}

	private static String context(String kid) {
		return "signing-key:" + kid;
	}

}
