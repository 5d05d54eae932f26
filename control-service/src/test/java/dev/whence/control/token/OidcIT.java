package dev.whence.control.token;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static dev.whence.control.ControlApi.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An outside issuer with real keys behind its discovery document. */
@ControlTest
@DirtiesContext
class OidcIT {

	private static final WireMockServer issuer = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private static final RSAKey key = key("first");

	static {
		issuer.start();
	}

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private ControlApi api;

	private String email;

	private String account;

	@DynamicPropertySource
	static void issuer(DynamicPropertyRegistry registry) {
		registry.add("whence.security.oidc.issuer", issuer::baseUrl);
		registry.add("whence.security.oidc.audience", () -> "whence-clients");
	}

	@AfterAll
	static void stop() {
		issuer.stop();
	}

	@BeforeEach
	void begin() {
		this.api = new ControlApi(this.port);
		publish(key);
		issuer.stubFor(get("/.well-known/openid-configuration").willReturn(
				okJson("{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\",\"subject_types_supported\":[\"public\"]}"
					.formatted(issuer.baseUrl()))));
		if (this.jdbc.sql("select count(*) from control.account").query(Long.class).single() == 0) {
			this.api.anonymous()
				.post()
				.uri("/api/auth/register")
				.body(Map.of("email", "root@example.com", "password", PASSWORD))
				.exchange();
		}
		this.email = UUID.randomUUID() + "@example.com";
		this.account = this.api.invite(1, "editor", this.email);
		this.api.as(BOOTSTRAP_KEY)
			.patch()
			.uri("/api/users/{id}", this.account)
			.body(Map.of("is_verified", true))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void subjectIsTheAccountWhoseAddressBothSidesHoldForVerifiedAndStaysIt() {
		String subject = UUID.randomUUID().toString();
		me(sign(key, claims(subject))).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.id")
			.isEqualTo(this.account)
			.jsonPath("$.email")
			.isEqualTo(this.email);
		me(sign(key, claims(subject).claim("email", "moved@example.com"))).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.id")
			.isEqualTo(this.account);
		me(sign(key, claims(UUID.randomUUID().toString()))).expectStatus().isUnauthorized();
		assertThat(this.jdbc.sql("""
				select count(*) from control.audit_entry where action = 'account.linked' and object_id = :id
				""").param("id", this.account).query(Long.class).single()).isEqualTo(1);
	}

	@Test
	void anAddressThatEitherSideHasNotVerifiedLinksNothing() {
		me(sign(key, claims("s-" + this.email).claim("email_verified", false))).expectStatus().isUnauthorized();
		me(sign(key, claims("s-" + this.email).claim("email_verified", "true"))).expectStatus().isUnauthorized();
		this.jdbc.sql("update control.account set verified = false where id = :id")
			.param("id", UUID.fromString(this.account))
			.update();
		me(sign(key, claims("t-" + this.email))).expectStatus().isUnauthorized();
	}

	@Test
	void whatTheTokenAllowsIsTheRoleHere() {
		String token = sign(key, claims(UUID.randomUUID().toString()));
		this.api.as(token).get().uri("/api/projects").exchange().expectStatus().isForbidden();
		this.api.as(BOOTSTRAP_KEY)
			.put()
			.uri("/api/projects/1/members/{id}", this.account)
			.body(Map.of("role", "admin"))
			.exchange();
		await().untilAsserted(() -> this.api.as(token).get().uri("/api/projects").exchange().expectStatus().isOk());
		this.api.as(BOOTSTRAP_KEY)
			.patch()
			.uri("/api/users/{id}", this.account)
			.body(Map.of("is_active", false))
			.exchange();
		await().untilAsserted(() -> me(token).expectStatus().isUnauthorized());
	}

	@Test
	void aTokenForSomebodyElseOrOfAnotherTimeIsRefused() {
		String subject = UUID.randomUUID().toString();
		me(sign(key, claims(subject).audience("others"))).expectStatus().isUnauthorized();
		me(sign(key, claims(subject).expirationTime(Date.from(Instant.now().minusSeconds(60))))).expectStatus()
			.isUnauthorized();
		me(sign(key, claims(subject).expirationTime(null))).expectStatus().isUnauthorized();
		me(sign(key, claims(subject).issuer("https://other.example"))).expectStatus().isUnauthorized();
		me(sign(key("first"), claims(subject))).expectStatus().isUnauthorized();
		me(sign(key, claims(subject).subject(null))).expectStatus().isUnauthorized();
	}

	@Test
	void aProjectOfTheAccountIsChosenByTheToken() {
		int project = this.api.createProject("chosen " + this.account);
		this.api.as(BOOTSTRAP_KEY)
			.put()
			.uri("/api/projects/{p}/members/{id}", project, this.account)
			.body(Map.of("role", "admin"))
			.exchange();
		String subject = UUID.randomUUID().toString();
		this.api.as(sign(key, claims(subject).claim("project", project)))
			.get()
			.uri("/api/projects/{id}/members", project)
			.exchange()
			.expectStatus()
			.isOk();
		me(sign(key, claims(subject).claim("project", 424242))).expectStatus().isUnauthorized();
	}

	@Test
	void aNewKeyOfTheIssuerWorks() {
		String subject = UUID.randomUUID().toString();
		me(sign(key, claims(subject))).expectStatus().isOk();
		RSAKey next = key("next-" + subject);
		publish(key, next);
		me(sign(next, claims(subject))).expectStatus().isOk();
	}

	@Test
	@DirtiesContext(methodMode = DirtiesContext.MethodMode.AFTER_METHOD)
	void madeUpKeysAskTheIssuerAFewTimesOnlyAndGoodOnesGoOn() {
		String subject = UUID.randomUUID().toString();
		me(sign(key, claims(subject))).expectStatus().isOk();
		issuer.resetRequests();
		for (int n = 0; n < 60; n++) {
			me(sign(key, "made-up-" + n, claims("x"))).expectStatus().isUnauthorized();
		}
		assertThat(issuer.findAll(getRequestedFor(urlEqualTo("/keys")))).hasSizeLessThanOrEqualTo(10);
		me(sign(key, claims(subject))).expectStatus().isOk();
	}

	@Test
	@DirtiesContext(methodMode = DirtiesContext.MethodMode.BEFORE_METHOD)
	void anIssuerThatDoesNotAnswerIsNotTheCallersFault() {
		issuer.stubFor(get(anyUrl()).willReturn(serverError()));
		me(sign(key, claims("x"))).expectStatus().isEqualTo(503);
		issuer.resetMappings();
		begin();
		me(sign(key, claims(UUID.randomUUID().toString()))).expectStatus().isOk();
	}

	@Test
	void ownTokensGoOn() {
		this.api.signedIn(this.email).get().uri("/api/users/me").exchange().expectStatus().isOk();
	}

	private RestTestClient.ResponseSpec me(String token) {
		return this.api.as(token).get().uri("/api/users/me").exchange();
	}

	private JWTClaimsSet.Builder claims(String subject) {
		return new JWTClaimsSet.Builder().issuer(issuer.baseUrl())
			.audience(List.of("whence-clients"))
			.subject(subject)
			.claim("email", this.email)
			.claim("email_verified", true)
			.issueTime(Date.from(Instant.now()))
			.expirationTime(Date.from(Instant.now().plusSeconds(300)));
	}

	private static String sign(RSAKey key, JWTClaimsSet.Builder claims) {
		return sign(key, key.getKeyID(), claims);
	}

	private static String sign(RSAKey key, String id, JWTClaimsSet.Builder claims) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(),
					claims.build());
			token.sign(new RSASSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void publish(RSAKey... keys) {
		issuer.stubFor(get("/keys").willReturn(okJson(new JWKSet(List.of(keys)).toString(true))));
	}

	private static RSAKey key(String id) {
		try {
			return new RSAKeyGenerator(2048).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
