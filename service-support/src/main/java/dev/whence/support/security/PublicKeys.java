package dev.whence.support.security;

import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys that verify tokens, as the control service publishes them. A key is found by
 * its exact id and by nothing else. Ids that nobody knows make the database be asked
 * again, but at most twice a minute: whoever makes them up asks it no more than that.
 */
final class PublicKeys implements JWKSource<SecurityContext> {

	private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(30);

	private static final String ALL = "all";

	private final JdbcClient jdbc;

	private final CredentialLookUps<String, Map<String, JWK>> published;

	private final Ticker ticker;

	private final AtomicReference<@Nullable Long> askedAgain = new AtomicReference<>();

	PublicKeys(JdbcClient jdbc, SecurityProperties properties, Ticker ticker) {
		this.jdbc = jdbc;
		this.ticker = ticker;
		this.published = new CredentialLookUps<>("Tokens", (all) -> Optional.of(read()), properties, ticker);
	}

	/** Whether there is a key of this id, which is then at hand. */
	boolean has(String keyId) {
		if (find(keyId) != null) {
			return true;
		}
		if (mayAskAgain()) {
			this.published.forget(ALL);
			return find(keyId) != null;
		}
		return false;
	}

	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
		Set<String> ids = selector.getMatcher().getKeyIDs();
		JWK key = (ids != null && ids.size() == 1) ? find(ids.iterator().next()) : null;
		return (key != null) ? selector.select(new JWKSet(key)) : List.of();
	}

	private @Nullable JWK find(@Nullable String keyId) {
		return (keyId != null) ? this.published.get(ALL).orElse(Map.of()).get(keyId) : null;
	}

	private boolean mayAskAgain() {
		long now = this.ticker.read();
		Long last = this.askedAgain.get();
		return (last == null || now - last >= BETWEEN_QUESTIONS.toNanos()) && this.askedAgain.compareAndSet(last, now);
	}

	private Map<String, JWK> read() {
		return this.jdbc.sql("select public_jwk from control.public_signing_key limit 100")
			.query(String.class)
			.list()
			.stream()
			.map(PublicKeys::parse)
			.collect(Collectors.toUnmodifiableMap(JWK::getKeyID, (key) -> key));
	}

	private static JWK parse(String json) {
		try {
			return JWK.parse(json);
		}
		catch (ParseException ex) {
			throw new IllegalStateException("the published signing key is no JWK", ex);
		}
	}

}
