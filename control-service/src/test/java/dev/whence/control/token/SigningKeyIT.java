package dev.whence.control.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static dev.whence.control.ControlApi.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ControlTest
@DirtiesContext
@TestPropertySource(properties = "whence.control.token.publish-ahead=1s")
class SigningKeyIT {

	private static final String EMAIL = "root@example.com";

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private SigningKeys keys;

	private ControlApi api;

	@BeforeEach
	void begin() {
		this.api = new ControlApi(this.port);
		this.jdbc.sql("delete from control.signing_key").update();
		if (this.jdbc.sql("select count(*) from control.account").query(Long.class).single() == 0) {
			this.api.anonymous()
				.post()
				.uri("/api/auth/register")
				.body(Map.of("email", EMAIL, "password", PASSWORD))
				.exchange()
				.expectStatus()
				.isCreated();
		}
	}

	@Test
	void privateHalfIsInNoAnswerAndNotReadableInTheDatabase() throws Exception {
		this.keys.current();
		String published = new String(this.api.anonymous()
			.get()
			.uri("/.well-known/jwks.json")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Cache-Control", "max-age=60, public")
			.expectBody()
			.returnResult()
			.getResponseBody());
		assertThat(JWKSet.parse(published).getKeys()).hasSize(1).noneMatch((key) -> key.isPrivate());
		assertThat(published).contains("\"ES256\"", "\"P-256\"", "\"sig\"");
		assertThat(this.jdbc.sql("select encode(sealed_jwk, 'escape') from control.signing_key")
			.query(String.class)
			.single()).doesNotContain("\"d\"");
	}

	@Test
	void ofManyWhoNeedTheFirstKeyOneIsMade() throws Exception {
		try (ExecutorService signers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<String>> used = new ArrayList<>();
			for (int n = 0; n < 8; n++) {
				used.add(signers.submit(() -> this.keys.current().getKeyID()));
			}
			List<String> ids = new ArrayList<>();
			for (Future<String> id : used) {
				ids.add(id.get());
			}
			assertThat(ids).hasSize(8).containsOnly(ids.getFirst());
		}
	}

	@Test
	void nextKeyIsPublishedBeforeItSignsAndTheLastOneVerifiesOn() throws Exception {
		String token = (String) this.api.signIn(EMAIL).get("access_token");
		String first = kid(token);
		String next = rotate();
		assertThat(rotate()).isEqualTo(next);
		assertThat(published()).containsExactlyInAnyOrder(first, next);
		assertThat(kid((String) this.api.signIn(EMAIL).get("access_token"))).isEqualTo(first);
		await().atMost(Duration.ofSeconds(10))
			.until(() -> kid((String) this.api.signIn(EMAIL).get("access_token")).equals(next));
		this.api.as(token).get().uri("/api/users/me").exchange().expectStatus().isOk();
		this.jdbc.sql("update control.signing_key set verify_until = now() where kid = :kid")
			.param("kid", first)
			.update();
		assertThat(published()).containsExactly(next);
		await().untilAsserted(
				() -> this.api.as(token).get().uri("/api/users/me").exchange().expectStatus().isUnauthorized());
	}

	@Test
	void oldKeyIsKeptUntilItsLastTokenHasExpired() {
		this.keys.current();
		rotate();
		assertThat(this.jdbc.sql("""
				select verify_until >= (select max(active_from) from control.signing_key) + interval '15 minutes'
				  from control.signing_key where verify_until is not null
				""").query(Boolean.class).single()).isTrue();
	}

	@Test
	void nobodyNoticesThatKeysChangeWhileEightSignInAndGoOn() throws Exception {
		this.keys.current();
		AtomicBoolean done = new AtomicBoolean();
		List<Future<Integer>> people = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int n = 0; n < 8; n++) {
				people.add(threads.submit(() -> {
					int rounds = 0;
					Object refresh = this.api.signIn(EMAIL).get("refresh_token");
					while (!done.get()) {
						Map<String, Object> tokens = ControlApi
							.body(this.api.tryToRefresh(refresh).expectStatus().isOk());
						refresh = tokens.get("refresh_token");
						this.api.as((String) tokens.get("access_token"))
							.get()
							.uri("/api/users/me")
							.exchange()
							.expectStatus()
							.isOk();
						rounds++;
					}
					return rounds;
				}));
			}
			for (int rotation = 0; rotation < 3; rotation++) {
				String next = rotate();
				await().atMost(Duration.ofSeconds(20)).until(() -> this.keys.current().getKeyID().equals(next));
			}
			done.set(true);
			for (Future<Integer> rounds : people) {
				assertThat(rounds.get()).isPositive();
			}
		}
	}

	@Test
	void aKeyThatIsReplacedVerifiesNothingAnyMore() {
		Map<String, Object> tokens = this.api.signIn(EMAIL);
		String token = (String) tokens.get("access_token");
		this.api.as(token).get().uri("/api/users/me").exchange().expectStatus().isOk();
		this.api.as(BOOTSTRAP_KEY).post().uri("/api/auth/keys/replace").exchange().expectStatus().isOk();
		await().untilAsserted(
				() -> this.api.as(token).get().uri("/api/users/me").exchange().expectStatus().isUnauthorized());
		Map<String, Object> next = ControlApi
			.body(this.api.tryToRefresh(tokens.get("refresh_token")).expectStatus().isOk());
		this.api.as((String) next.get("access_token")).get().uri("/api/users/me").exchange().expectStatus().isOk();
	}

	@Test
	void keysComeAndGoByTheirTime() {
		this.keys.maintain();
		String first = this.keys.current().getKeyID();
		this.keys.maintain();
		assertThat(published()).containsExactly(first);
		this.jdbc.sql("update control.signing_key set active_from = now() - interval '31 days'").update();
		this.keys.maintain();
		assertThat(published()).hasSize(2);
		this.jdbc.sql("update control.signing_key set verify_until = now() - interval '2 days' where kid = :kid")
			.param("kid", first)
			.update();
		this.keys.maintain();
		assertThat(this.jdbc.sql("select count(*) from control.signing_key").query(Long.class).single()).isEqualTo(1);
	}

	private String rotate() {
		return (String) ControlApi
			.body(this.api.as(BOOTSTRAP_KEY).post().uri("/api/auth/keys/rotate").exchange().expectStatus().isOk())
			.get("kid");
	}

	private List<String> published() {
		return this.keys.published().getKeys().stream().map((key) -> key.getKeyID()).toList();
	}

	private static String kid(String token) throws Exception {
		return SignedJWT.parse(token).getHeader().getKeyID();
	}

}
