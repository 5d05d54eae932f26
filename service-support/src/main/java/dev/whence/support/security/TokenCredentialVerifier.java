package dev.whence.support.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies {@linkplain AccessToken access tokens} against what the control service
 * publishes: its keys, the sessions that have not ended, and the role that the account
 * has in the project now. All three are remembered for as long as API keys are.
 * <p>
 * What a token says about where its key is to be found ({@code jku}, {@code x5u},
 * {@code jwk}) is never read.
 */
final class TokenCredentialVerifier implements CredentialVerifier {

	/** Without padding, which a lenient decoder would overlook in the signature. */
	private static final Pattern FORMAT = Pattern
		.compile("[A-Za-z0-9_-]{1,2048}\\.[A-Za-z0-9_-]{1,4096}\\.[A-Za-z0-9_-]{1,1024}");

	private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.parse(AccessToken.ALGORITHM.getName());

	private final JdbcClient jdbc;

	private final String issuer;

	private final PublicKeys keys;

	private final JwtDecoder decoder;

	private final CredentialLookUps<Presence, Member> members;

	TokenCredentialVerifier(JdbcClient jdbc, SecurityProperties properties, TokenProperties tokens, Ticker ticker,
			Clock clock) {
		this.jdbc = jdbc;
		this.issuer = tokens.issuer();
		this.keys = new PublicKeys(jdbc, properties, ticker);
		this.decoder = decoder(this.keys, tokens, clock);
		this.members = new CredentialLookUps<>("Tokens", this::find, properties, ticker);
	}

	/** Whether the text has the form of a signed token, whoever issued it. */
	static boolean isToken(String text) {
		return FORMAT.matcher(text).matches();
	}

	@Override
	public Optional<Credential> verify(String token) {
		return isOurs(token) ? decode(token).flatMap((jwt) -> credential(jwt, this.members::get)) : Optional.empty();
	}

	@Override
	public Optional<Credential> verifyNow(String token) {
		return isOurs(token) ? decode(token).flatMap((jwt) -> credential(jwt, this.members::getNow)) : Optional.empty();
	}

	// Only which key and whose token it would be, in order not to ask for every forgery.
	private boolean isOurs(String token) {
		if (!isToken(token)) {
			return false;
		}
		PresentedToken presented = PresentedToken.parse(token);
		return presented != null && ALGORITHM.equals(presented.algorithm()) && presented.keyId() != null
				&& this.issuer.equals(presented.issuer()) && this.keys.has(presented.keyId());
	}

	private Optional<Jwt> decode(String token) {
		try {
			return Optional.of(this.decoder.decode(token));
		}
		catch (JwtException _) {
			return Optional.empty();
		}
	}

	private static Optional<Credential> credential(Jwt token, Function<Presence, Optional<Member>> members) {
		Presence presence = Presence.of(token);
		Number epoch = (token.getClaim(AccessToken.EPOCH) instanceof Number number) ? number : null;
		if (presence == null || epoch == null) {
			return Optional.empty();
		}
		return members.apply(presence)
			.filter((member) -> member.epoch() == epoch.longValue())
			.flatMap((member) -> member.credential(presence));
	}

	private Optional<Member> find(Presence presence) {
		return this.jdbc.sql("""
				select s.email, s.epoch, m.role
				  from control.active_session s
				  left join control.active_member m on m.account_id = s.account_id and m.project_id = :project
				 where s.session_id = :session and s.account_id = :account
				""")
			.param("project", presence.project())
			.param("session", presence.session())
			.param("account", presence.account())
			.query(Member::of)
			.optional();
	}

	private static JwtDecoder decoder(PublicKeys keys, TokenProperties tokens, Clock clock) {
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(AccessToken.TYPE)));
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(Set.of(ALGORITHM), keys));
		processor.setJWTClaimsSetVerifier((claims, context) -> {
			// The validators below do it, with a clock that can be set.
		});
		JwtTimestampValidator times = new JwtTimestampValidator(tokens.clockSkew());
		times.setAllowEmptyExpiryClaim(false);
		times.setAllowEmptyNotBeforeClaim(false);
		times.setClock(clock);
		// Spring's own validator of this claim is for proofs, which must also be young.
		OAuth2TokenValidator<Jwt> issued = new JwtClaimValidator<Instant>(JwtClaimNames.IAT,
				(at) -> at != null && !at.isAfter(clock.instant().plus(tokens.clockSkew())));
		OAuth2TokenValidator<Jwt> validator = new DelegatingOAuth2TokenValidator<>(times, issued,
				new JwtIssuerValidator(tokens.issuer()), new JwtAudienceValidator(tokens.audience()));
		NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
		decoder.setJwtValidator(validator);
		return decoder;
	}

	/**
	 * Who is where.
	 *
	 * @param project 0 for none
	 */
	private record Presence(UUID account, UUID session, int project) {

		static @Nullable Presence of(Jwt token) {
			try {
				Object project = token.getClaim(AccessToken.PROJECT);
				int id = switch (project) {
					case null -> 0;
					case Number number when number.longValue() > 0 && number.longValue() <= Integer.MAX_VALUE ->
						number.intValue();
					default -> throw new IllegalArgumentException("the project is none");
				};
				return new Presence(UUID.fromString(token.getSubject()),
						UUID.fromString(token.getClaimAsString(AccessToken.SESSION)), id);
			}
			catch (IllegalArgumentException | NullPointerException _) {
				// Signed by us and yet not ours: a token of a later version.
				return null;
			}
		}

	}

	/**
	 * An account whose session goes on.
	 *
	 * @param role in the project, null when it has none there
	 */
	private record Member(String email, long epoch, @Nullable Role role) {

		static Member of(ResultSet row, int number) throws SQLException {
			String role = row.getString("role");
			return new Member(row.getString("email"), row.getLong("epoch"),
					(role != null) ? Role.named(role).orElse(null) : null);
		}

		Optional<Credential> credential(Presence presence) {
			Holder holder = new Holder.Account(presence.account(), presence.session());
			if (presence.project() == 0) {
				return Optional.of(new Credential(ProjectId.DEFAULT, Set.of(), this.email, holder));
			}
			return Optional.ofNullable(this.role)
				.map((known) -> new Credential(new ProjectId(presence.project()), known.scopes(), this.email, holder));
		}

	}

}
