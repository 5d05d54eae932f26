package dev.whence.support.security;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.testkit.postgres.PostgresServer;
import dev.whence.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Against a real PostgreSQL with stand-ins for the control service's views, and with real
 * keys: one that is published and some that an attacker has.
 */
class TokenCredentialVerifierIT {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private static final String SCHEMA = """
			create schema control;
			create table control.public_signing_key (kid text, public_jwk text);
			create table control.active_session (session_id uuid, account_id uuid, email text, epoch bigint);
			create table control.active_member (account_id uuid, project_id int, role text);
			""";

	private static final ECKey ours = key("key-1");

	private static final ECKey theirs = key("key-1");

	private static final RSAKey rsa = rsa();

	private static final UUID account = UUID.randomUUID();

	private static final UUID session = UUID.randomUUID();

	private final AtomicLong nanos = new AtomicLong();

	private JdbcClient jdbc;

	private TokenCredentialVerifier verifier;

	@BeforeEach
	void start() {
		TestDatabase database = PostgresServer.shared().newDatabase();
		this.jdbc = JdbcClient
			.create(new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
		SecurityProperties properties = new SecurityProperties(SecurityProperties.Mode.REQUIRED, null, List.of(),
				Duration.ofSeconds(30), Duration.ofSeconds(5), 100);
		Ticker ticker = this.nanos::get;
		this.verifier = new TokenCredentialVerifier(this.jdbc, properties,
				new TokenProperties("urn:whence", "urn:whence:api", Duration.ofSeconds(15)), ticker,
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	@Test
	void tokenOfAMemberIsTheirRoleInTheProject() {
		createSchema();
		assertThat(this.verifier.verify(good())).contains(new Credential(new ProjectId(7),
				Set.of(Scope.READ, Scope.WRITE, Scope.INGEST), "a@example.com", new Holder.Account(account, session)));
	}

	@Test
	void tokenWithoutAProjectAllowsNothing() {
		createSchema();
		assertThat(this.verifier.verify(sign(header(), without(claims(), "project"), ours)))
			.hasValueSatisfying((credential) -> assertThat(credential.scopes()).isEmpty());
	}

	@Test
	void tokenIsGoodUntilTheEndOfItsLife() {
		createSchema();
		long now = NOW.getEpochSecond();
		Map<String, Object> old = with(with(claims(), "iat", now - 899), "nbf", now - 899);
		assertThat(this.verifier.verify(sign(header(), with(old, "exp", now + 1), ours))).isPresent();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("forgeries")
	void forgeryIsNobody(String name, String token) {
		createSchema();
		assertThat(this.verifier.verify(good())).isPresent();
		assertThat(this.verifier.verify(token)).isEmpty();
	}

	static Stream<Arguments> forgeries() {
		String good = good();
		String[] parts = good.split("\\.");
		return Stream.of(Arguments.of("no signature", parts[0] + "." + parts[1] + "."),
				Arguments.of("algorithm none", encode("{\"alg\":\"none\",\"kid\":\"key-1\"}") + "." + parts[1] + "."),
				Arguments.of("algorithm none with a signature",
						encode("{\"alg\":\"nOnE\",\"kid\":\"key-1\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".AAAA"),
				Arguments.of("another's key under our id", sign(header(), claims(), theirs)),
				Arguments.of("HS256 with the public key as its secret", mac(ours.toPublicJWK().toJSONString())),
				Arguments.of("RS256 with a key of its own", signRsa()),
				Arguments.of("a header that is null", encode("null") + "." + parts[1] + "." + parts[2]),
				Arguments.of("claims that are null", parts[0] + "." + encode("null") + "." + parts[2]),
				Arguments.of("no kid", sign(without(header(), "kid"), claims(), ours)),
				Arguments.of("kid that is a path", sign(with(header(), "kid", "../../dev/null"), claims(), ours)),
				Arguments.of("kid in another case", sign(with(header(), "kid", "KEY-1"), claims(), ours)),
				Arguments.of("jku of an attacker",
						sign(with(header(), "jku", "http://127.0.0.1:9/keys"), claims(), theirs)),
				Arguments.of("x5u of an attacker",
						sign(with(header(), "x5u", "http://127.0.0.1:9/keys"), claims(), theirs)),
				Arguments.of("key embedded",
						sign(with(header(), "jwk", theirs.toPublicJWK().toJSONObject()), claims(), theirs)),
				Arguments.of("crit that nobody knows",
						sign(with(with(header(), "crit", List.of("other")), "other", 1), claims(), ours)),
				Arguments.of("type of an id token", sign(with(header(), "typ", "JWT"), claims(), ours)),
				Arguments.of("no type", sign(without(header(), "typ"), claims(), ours)),
				Arguments.of("expired beyond the skew", changed("exp", NOW.getEpochSecond() - 16)),
				Arguments.of("no expiry", sign(header(), without(claims(), "exp"), ours)),
				Arguments.of("expiry as text", changed("exp", "4102444800")),
				Arguments.of("not yet", changed("nbf", NOW.getEpochSecond() + 16)),
				Arguments.of("no beginning", sign(header(), without(claims(), "nbf"), ours)),
				Arguments.of("issued tomorrow", changed("iat", NOW.getEpochSecond() + 86400)),
				Arguments.of("another issuer", changed("iss", "urn:other")),
				Arguments.of("no issuer", sign(header(), without(claims(), "iss"), ours)),
				Arguments.of("another audience", changed("aud", "urn:other")),
				Arguments.of("no audience", sign(header(), without(claims(), "aud"), ours)),
				Arguments.of("before the password changed", changed("epoch", 2)),
				Arguments.of("no epoch", sign(header(), without(claims(), "epoch"), ours)),
				Arguments.of("no session", sign(header(), without(claims(), "sid"), ours)),
				Arguments.of("another session", changed("sid", UUID.randomUUID().toString())),
				Arguments.of("another account", changed("sub", UUID.randomUUID().toString())),
				Arguments.of("account that is none", changed("sub", "1 or 1=1")),
				Arguments.of("project one is no member of", changed("project", 8)),
				Arguments.of("project zero", changed("project", 0)),
				Arguments.of("project beyond all numbers", changed("project", 4294967303L)),
				Arguments.of("project as text", changed("project", "7")), Arguments.of("padded", good + "="),
				Arguments.of("with a blank", good + " "),
				Arguments.of("claims changed",
						parts[0] + "." + encode(new Payload(with(claims(), "project", 8)).toString()) + "." + parts[2]),
				Arguments.of("one megabyte", "x".repeat(1024 * 1024)), Arguments.of("encrypted", "e30.e30.e30.e30.e30"),
				Arguments.of("no JSON", "AAAA.AAAA.AAAA"), Arguments.of("a key", "wh_12345678_" + "a".repeat(43)));
	}

	@Test
	void everythingThatIsTakenAwayIsGoneWhenItsAnswerHasAged() {
		for (String taken : new String[] { "delete from control.active_session", "delete from control.active_member",
				"update control.active_session set epoch = 4", "delete from control.public_signing_key" }) {
			start();
			createSchema();
			assertThat(this.verifier.verify(good())).isPresent();
			this.jdbc.sql(taken).update();
			this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(29));
			assertThat(this.verifier.verify(good())).as(taken).isPresent();
			this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
			assertThat(this.verifier.verify(good())).as(taken).isEmpty();
		}
	}

	@Test
	void aChangeAsksWhetherTheSessionAndTheRoleAreStillThere() {
		for (String taken : new String[] { "delete from control.active_session", "delete from control.active_member",
				"update control.active_session set epoch = 4" }) {
			start();
			createSchema();
			assertThat(this.verifier.verify(good())).isPresent();
			this.jdbc.sql(taken).update();
			assertThat(this.verifier.verify(good())).as(taken).isPresent();
			assertThat(this.verifier.verifyNow(good())).as(taken).isEmpty();
		}
	}

	@Test
	void aNewKeyWorksAtOnceAndMadeUpOnesAskTwiceAMinuteAtMost() {
		createSchema();
		assertThat(this.verifier.verify(good())).isPresent();
		ECKey next = key("key-2");
		String token = sign(with(header(), "kid", "key-2"), claims(), next);
		publish(next);
		assertThat(this.verifier.verify(token)).isPresent();
		ECKey third = key("key-3");
		String later = sign(with(header(), "kid", "key-3"), claims(), third);
		publish(third);
		for (int n = 0; n < 100; n++) {
			assertThat(this.verifier.verify(sign(with(header(), "kid", "made-up-" + n), claims(), theirs))).isEmpty();
		}
		assertThat(this.verifier.verify(later)).isEmpty();
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
		assertThat(this.verifier.verify(later)).isPresent();
	}

	@Test
	void whileNothingIsKnownOfItsKeyATokenIsNeitherGoodNorBad() {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.verifier.verify(good()))
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo(ProblemCode.DEPENDENCY_UNAVAILABLE));
		createSchema();
		assertThat(this.verifier.verify(good())).isPresent();
	}

	private void createSchema() {
		this.jdbc.sql(SCHEMA).update();
		publish(ours);
		this.jdbc.sql("insert into control.active_session values (:session, :account, 'a@example.com', 3)")
			.param("session", session)
			.param("account", account)
			.update();
		this.jdbc.sql("insert into control.active_member values (:account, 7, 'editor')")
			.param("account", account)
			.update();
	}

	private void publish(ECKey key) {
		this.jdbc.sql("insert into control.public_signing_key values (:kid, :jwk)")
			.param("kid", key.getKeyID())
			.param("jwk", key.toPublicJWK().toJSONString())
			.update();
	}

	private static String good() {
		return sign(header(), claims(), ours);
	}

	private static String changed(String claim, Object value) {
		return sign(header(), with(claims(), claim, value), ours);
	}

	private static Map<String, Object> header() {
		return new HashMap<>(Map.of("alg", "ES256", "typ", "at+jwt", "kid", "key-1"));
	}

	private static Map<String, Object> claims() {
		long now = NOW.getEpochSecond();
		return new HashMap<>(Map.of("iss", "urn:whence", "aud", "urn:whence:api", "sub", account.toString(), "sid",
				session.toString(), "project", 7, "epoch", 3, "iat", now, "nbf", now, "exp", now + 900));
	}

	private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
		map.put(name, value);
		return map;
	}

	private static Map<String, Object> without(Map<String, Object> map, String name) {
		map.remove(name);
		return map;
	}

	private static String sign(Map<String, Object> header, Map<String, Object> claims, ECKey key) {
		try {
			return sign(header, claims, new ECDSASigner(key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String mac(String secret) {
		try {
			return sign(with(header(), "alg", "HS256"), claims(),
					new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String signRsa() {
		try {
			return sign(with(with(header(), "alg", "RS256"), "jwk", rsa.toPublicJWK().toJSONObject()), claims(),
					new RSASSASigner(rsa));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String sign(Map<String, Object> header, Map<String, Object> claims, JWSSigner signer) {
		try {
			JWSObject token = new JWSObject(JWSHeader.parse(header), new Payload(claims));
			token.sign(signer);
			return token.serialize();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static ECKey key(String id) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static RSAKey rsa() {
		try {
			return new RSAKeyGenerator(2048).keyID("key-1").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
