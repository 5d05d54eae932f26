package dev.whence.support.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Verifies the tokens of an outside issuer, whose keys are found by its discovery
 * document. The account is the one that the subject was linked to; the first time, the
 * one whose address both sides hold for verified. The project is the one that the claim
 * {@code project} names, otherwise the first that the account is a member of.
 */
final class OidcCredentialVerifier implements CredentialVerifier {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Duration WINDOW = Duration.ofMinutes(1);

	/** How many tokens with keys that nobody knows may make us ask the issuer. */
	private static final int UNKNOWN_KEYS = 10;

	private final JdbcClient jdbc;

	private final String issuer;

	private final JwtDecoder decoder;

	private final CredentialLookUps<Subject, Credential> accounts;

	/** The keys that have verified a token lately. */
	private final Cache<String, Boolean> usedKeys;

	private final Cache<String, AtomicInteger> questions;

	OidcCredentialVerifier(JdbcClient jdbc, OidcProperties oidc, SecurityProperties properties, TokenProperties tokens,
			Ticker ticker) {
		this.jdbc = jdbc;
		this.issuer = String.valueOf(oidc.issuer());
		this.decoder = new SupplierJwtDecoder(() -> decoder(this.issuer, oidc.audience(), tokens.clockSkew()));
		this.accounts = new CredentialLookUps<>("Tokens", this::find, properties, ticker);
		this.usedKeys = Caffeine.newBuilder().maximumSize(100).expireAfterAccess(WINDOW).ticker(ticker).build();
		this.questions = Caffeine.newBuilder().maximumSize(1).expireAfterWrite(WINDOW).ticker(ticker).build();
	}

	@Override
	public Optional<Credential> verify(String token) {
		return subject(token).flatMap(this.accounts::get);
	}

	@Override
	public Optional<Credential> verifyNow(String token) {
		return subject(token).flatMap(this.accounts::getNow);
	}

	private Optional<Subject> subject(String token) {
		String keyId = TokenCredentialVerifier.isToken(token) ? keyId(token) : null;
		return (keyId != null && mayBeTried(keyId)) ? decode(token, keyId).flatMap(OidcCredentialVerifier::subject)
				: Optional.empty();
	}

	private @Nullable String keyId(String token) {
		PresentedToken presented = PresentedToken.parse(token);
		return (presented != null && this.issuer.equals(presented.issuer())) ? presented.keyId() : null;
	}

	// Every unknown key makes the decoder fetch the issuer's key set.
	private boolean mayBeTried(String keyId) {
		return this.usedKeys.getIfPresent(keyId) != null
				|| this.questions.get("unknown", (key) -> new AtomicInteger()).incrementAndGet() <= UNKNOWN_KEYS;
	}

	private Optional<Jwt> decode(String token, String keyId) {
		try {
			Jwt decoded = this.decoder.decode(token);
			this.usedKeys.put(keyId, true);
			return Optional.of(decoded);
		}
		catch (BadJwtException _) {
			return Optional.empty();
		}
		catch (JwtException | JwtDecoderInitializationException ex) {
			throw new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE,
					"Tokens cannot be verified right now; their issuer does not answer", List.of(), ex);
		}
	}

	private static Optional<Subject> subject(Jwt token) {
		String subject = token.getSubject();
		if (subject == null || subject.isEmpty() || subject.length() > 255) {
			return Optional.empty();
		}
		boolean verified = Boolean.TRUE.equals(token.getClaim("email_verified"));
		String email = verified && token.getClaim("email") instanceof String text ? text : "";
		int project = token.getClaim(AccessToken.PROJECT) instanceof Number number ? number.intValue() : 0;
		return Optional.of(new Subject(subject, email, project));
	}

	private Optional<Credential> find(Subject subject) {
		return this.jdbc.sql("""
				select a.account_id, a.email, m.project_id, m.role
				  from control.account_of_subject(:issuer, :subject, :email) a
				  left join lateral (select project_id, role
				                       from control.active_member
				                      where account_id = a.account_id and (:project = 0 or project_id = :project)
				                      order by project_id
				                      limit 1) m on true
				""")
			.param("issuer", this.issuer)
			.param("subject", subject.subject())
			.param("email", subject.email())
			.param("project", subject.project())
			.query((row, _) -> credential(row, subject))
			.optional();
	}

	private static @Nullable Credential credential(ResultSet row, Subject subject) throws SQLException {
		Holder holder = new Holder.Account(row.getObject("account_id", UUID.class), null);
		String role = row.getString("role");
		if (role == null) {
			return (subject.project() == 0)
					? new Credential(ProjectId.DEFAULT, Set.of(), row.getString("email"), holder) : null;
		}
		return new Credential(new ProjectId(row.getInt("project_id")),
				Role.named(role).map(Role::scopes).orElse(Set.of()), row.getString("email"), holder);
	}

	private static JwtDecoder decoder(String issuer, String audience, Duration skew) {
		SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
		requests.setConnectTimeout(PATIENCE);
		requests.setReadTimeout(PATIENCE);
		JwtTimestampValidator times = new JwtTimestampValidator(skew);
		times.setAllowEmptyExpiryClaim(false);
		JwtTypeValidator types = new JwtTypeValidator("JWT", AccessToken.TYPE);
		types.setAllowEmpty(true);
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer)
			.restOperations(new RestTemplate(requests))
			.jwsAlgorithms((allowed) -> {
				allowed.clear();
				allowed.addAll(List.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256));
			})
			.build();
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, types, new JwtIssuerValidator(issuer),
				new JwtAudienceValidator(audience)));
		return decoder;
	}

	/**
	 * What the issuer says.
	 *
	 * @param email empty unless it is verified
	 * @param project 0 for whichever comes first
	 */
	private record Subject(String subject, String email, int project) {
	}

}
