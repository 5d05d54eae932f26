package dev.whence.control.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.whence.control.ControlApi.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

@ControlTest
@DirtiesContext
class GuessingIT {

	private static final AtomicInteger addresses = new AtomicInteger();

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private ControlApi api;

	private String email;

	@BeforeEach
	void register() {
		this.api = new ControlApi(this.port);
		if (this.jdbc.sql("select count(*) from control.account").query(Long.class).single() == 0) {
			this.api.anonymous()
				.post()
				.uri("/api/auth/register")
				.body(Map.of("email", "root@example.com", "password", PASSWORD))
				.exchange();
		}
		this.email = UUID.randomUUID() + "@example.com";
		this.api.invite(1, "viewer", this.email);
	}

	@Test
	void aThousandAddressesDoNotGuessFasterThanOneAndTheOwnerStillGetsIn() {
		String home = anywhere();
		signIn(this.email, PASSWORD, home).expectStatus().isOk();
		List<Integer> statuses = new ArrayList<>();
		for (int n = 0; n < 20; n++) {
			statuses.add(signIn(this.email, "guess " + n, anywhere()).returnResult(byte[].class).getStatus().value());
		}
		assertThat(statuses).containsOnly(400, 429);
		var refused = signIn(this.email, PASSWORD, anywhere()).expectStatus().isEqualTo(429).returnResult(byte[].class);
		assertThat(refused.getResponseHeaders().getFirst("Retry-After")).matches("[1-9]\\d?");
		signIn(this.email, PASSWORD, home).expectStatus().isOk();
	}

	@Test
	void anUnknownAccountIsSlowedJustTheSame() {
		List<Integer> known = new ArrayList<>();
		List<Integer> unknown = new ArrayList<>();
		String one = anywhere();
		String other = anywhere();
		for (int n = 0; n < 12; n++) {
			known.add(signIn(this.email, "guess", one).returnResult(byte[].class).getStatus().value());
			unknown.add(signIn("not-" + this.email, "guess", other).returnResult(byte[].class).getStatus().value());
		}
		assertThat(known).isEqualTo(unknown).contains(400, 429);
	}

	@Test
	void timeDoesNotTellWhetherAnAccountExists() {
		List<Long> known = new ArrayList<>();
		List<Long> unknown = new ArrayList<>();
		for (int n = 0; n < 14; n++) {
			known.add(nanos(this.email));
			unknown.add(nanos("not-" + this.email));
		}
		// A hash takes some fifty milliseconds, and without one the answer takes two. The
		// quickest of many are the ones that nothing else held up.
		double ratio = Collections.min(unknown) / (double) Collections.min(known);
		assertThat(ratio).isBetween(1 / 3.0, 3.0);
	}

	@Test
	void twoHundredAtOnceAreServedOrAskedToComeBackAndNothingBreaks() throws Exception {
		List<Integer> statuses = new ArrayList<>();
		try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> answers = new ArrayList<>();
			for (int n = 0; n < 200; n++) {
				String account = n + "@example.com";
				answers.add(crowd
					.submit(() -> signIn(account, "guess", anywhere()).returnResult(byte[].class).getStatus().value()));
			}
			for (Future<Integer> answer : answers) {
				statuses.add(answer.get());
			}
		}
		assertThat(statuses).isSubsetOf(400, 503).contains(400);
		signIn(this.email, PASSWORD, anywhere()).expectStatus().isOk();
	}

	private long nanos(String account) {
		String from = anywhere();
		long begun = System.nanoTime();
		signIn(account, "guess", from).expectStatus().isBadRequest();
		return System.nanoTime() - begun;
	}

	private static String anywhere() {
		int n = addresses.incrementAndGet();
		return "198.18." + (n / 250) + "." + (n % 250);
	}

	private RestTestClient.ResponseSpec signIn(String account, String password, String address) {
		return this.api.anonymous()
			.post()
			.uri("/api/auth/jwt/login")
			.header("X-Internal-Client-Address", address)
			.body(Map.of("username", account, "password", password))
			.exchange();
	}

}
