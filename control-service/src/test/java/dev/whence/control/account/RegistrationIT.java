package dev.whence.control.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static dev.whence.control.ControlApi.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

/** An installation from its first account on: the order tells the story. */
@ControlTest
@DirtiesContext
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegistrationIT {

	private static final AtomicInteger people = new AtomicInteger();

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private ControlApi api;

	@BeforeEach
	void connect() {
		this.api = new ControlApi(this.port);
	}

	@Test
	@Order(1)
	void ofManyWhoRegisterFirstOneRunsTheInstallationAndNobodyElseGetsIn() throws Exception {
		int crowd = 12;
		CountDownLatch start = new CountDownLatch(1);
		List<Future<Integer>> answers = new ArrayList<>();
		try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int n = 0; n < crowd; n++) {
				String email = "first-" + n + "@example.com";
				answers.add(people.submit(() -> {
					start.await();
					return register(email, PASSWORD, null).returnResult(Map.class).getStatus().value();
				}));
			}
			start.countDown();
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> answer : answers) {
				statuses.add(answer.get());
			}
			assertThat(statuses).isSubsetOf(201, 400, 503).containsOnlyOnce(201);
		}
		assertThat(this.jdbc.sql("select count(*) from control.account").query(Long.class).single()).isEqualTo(1);
		assertThat(this.jdbc.sql("select role from control.member where project_id = 1").query(String.class).list())
			.containsExactly("admin");
	}

	@Test
	@Order(2)
	void nobodyLearnsWhetherAnAddressHasAnAccount() {
		String first = this.jdbc.sql("select email from control.account").query(String.class).single();
		Map<String, Object> taken = ControlApi.body(register(first, "x", null).expectStatus().isBadRequest());
		Map<String, Object> free = ControlApi
			.body(register("nobody@example.com", "x", null).expectStatus().isBadRequest());
		assertThat(taken).containsEntry("error", "REGISTER_USER_ALREADY_EXISTS")
			.containsEntry("detail", "REGISTER_USER_ALREADY_EXISTS")
			.containsEntry("status", 400);
		assertThat(without(taken, "traceId")).isEqualTo(without(free, "traceId"));
	}

	@Test
	@Order(3)
	void anInvitationIsGoodForOneAccount() {
		String token = invitation(Map.of("role", "editor"));
		ControlApi.body(register("guest@example.com", PASSWORD, token).expectStatus().isCreated());
		register("another@example.com", PASSWORD, token).expectStatus().isBadRequest();
		assertThat(roleOf("guest@example.com")).isEqualTo("editor");
	}

	@Test
	@Order(4)
	void anInvitationToAnAddressIsForThatAddress() {
		String token = invitation(Map.of("role", "viewer", "email", "Invited@example.com"));
		register("other@example.com", PASSWORD, token).expectStatus().isBadRequest();
		register("invited@example.com", PASSWORD, token).expectStatus().isCreated();
	}

	@Test
	@Order(5)
	void aTakenBackInvitationIsNoneAndListsShowNoToken() {
		Map<String, Object> made = ControlApi.body(this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects/1/invitations")
			.body(Map.of("role", "viewer"))
			.exchange()
			.expectStatus()
			.isCreated());
		this.api.as(BOOTSTRAP_KEY)
			.get()
			.uri("/api/projects/1/invitations")
			.exchange()
			.expectBody()
			.jsonPath("$[0].id")
			.isEqualTo(made.get("id"))
			.jsonPath("$[0].token")
			.doesNotExist();
		this.api.as(BOOTSTRAP_KEY)
			.delete()
			.uri("/api/projects/1/invitations/{id}", made.get("id"))
			.exchange()
			.expectStatus()
			.isNoContent();
		register("late@example.com", PASSWORD, (String) made.get("token")).expectStatus().isBadRequest();
	}

	@ParameterizedTest
	@Order(6)
	@ValueSource(strings = { "short", "password123", "aaaaaaaaaaaa", "weak@example.com", "weak" })
	void aPasswordThatIsGuessedFirstIsRefusedWithItsReason(String password) {
		Map<String, Object> answer = ControlApi
			.body(register("weak@example.com", password, invitation(Map.of("role", "viewer"))).expectStatus()
				.isBadRequest());
		assertThat(answer).containsEntry("detail", "REGISTER_INVALID_PASSWORD");
		assertThat(answer.get("errors").toString()).contains("/password");
	}

	@ParameterizedTest
	@Order(7)
	@ValueSource(strings = { "no address", "a@b\r\nBcc: x@y.example", "a@localhost", "t\u0430ken@example.com",
			"@example.com", "a@-example.com" })
	void whatIsNoAddressIsSaidInFastApisForm(String email) {
		register(email, PASSWORD, invitation(Map.of("role", "viewer"))).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.detail[0].loc[1]")
			.isEqualTo("email");
	}

	@Test
	@Order(8)
	void passwordsThatDifferInTheirLastCharacterDiffer() {
		String password = "abcdefg ".repeat(12);
		register("long@example.com", password + "X", invitation(Map.of("role", "viewer"))).expectStatus().isCreated();
		this.api.tryToSignIn("long@example.com", password + "Y").expectStatus().isBadRequest();
		this.api.tryToSignIn("long@example.com", password + "X").expectStatus().isOk();
	}

	@Test
	@Order(9)
	void oneCharacterInTwoSpellingsIsOnePassword() {
		register("accent@example.com", "cre\u0300me bru\u0302le\u0301e", invitation(Map.of("role", "viewer")))
			.expectStatus()
			.isCreated();
		this.api.tryToSignIn("ACCENT@example.com", "cr\u00e8me br\u00fbl\u00e9e").expectStatus().isOk();
	}

	@Test
	@Order(10)
	void whoHasAnAccountAcceptsAnInvitationToAnotherProject() {
		int project = this.api.createProject("second home");
		Map<String, Object> invitation = ControlApi.body(this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects/{id}/invitations", project)
			.body(Map.of("role", "admin"))
			.exchange());
		RestTestClient guest = this.api.signedIn("guest@example.com");
		for (int status : new int[] { 204, 404 }) {
			guest.post()
				.uri("/api/users/me/invitations")
				.body(Map.of("invitation", invitation.get("token")))
				.exchange()
				.expectStatus()
				.isEqualTo(status);
		}
		guest.get()
			.uri("/api/users/me/projects")
			.exchange()
			.expectBody()
			.jsonPath("$[1].name")
			.isEqualTo("second home")
			.jsonPath("$[1].role")
			.isEqualTo("admin");
	}

	private RestTestClient.ResponseSpec register(String email, String password, String invitation) {
		Map<String, String> body = (invitation != null)
				? Map.of("email", email, "password", password, "invitation", invitation)
				: Map.of("email", email, "password", password);
		return this.api.anonymous()
			.post()
			.uri("/api/auth/register")
			// As the gateway says it: everybody comes from somewhere else.
			.header("X-Internal-Client-Address", "192.0.2." + people.incrementAndGet())
			.body(body)
			.exchange();
	}

	private String invitation(Map<String, String> wanted) {
		return (String) ControlApi
			.body(this.api.as(BOOTSTRAP_KEY)
				.post()
				.uri("/api/projects/1/invitations")
				.body(wanted)
				.exchange()
				.expectStatus()
				.isCreated())
			.get("token");
	}

	private String roleOf(String email) {
		return this.jdbc.sql("""
				select m.role from control.member m join control.account a on a.id = m.account_id
				 where a.email = :email and m.project_id = 1
				""").param("email", email).query(String.class).single();
	}

	private static Map<String, Object> without(Map<String, Object> body, String member) {
		Map<String, Object> copy = new HashMap<>(body);
		copy.remove(member);
		return copy;
	}

}
