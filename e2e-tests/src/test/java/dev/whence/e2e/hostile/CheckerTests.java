package dev.whence.e2e.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The runner's negative control: a server that does what must be found. */
class CheckerTests {

	private static final HostileCase REFUSED = HostileCase.of(JsonMapper.shared().readTree("""
			{"id": "control-1", "group": "control", "title": "truncated object", "method": "POST",
			 "path": "/ingest/logs", "auth": "ingest", "headers": {"Content-Type": "application/json"},
			 "body": "{", "expect": {"status": [400]},
			 "property": ["no_5xx", "process_alive", "nothing_stored", "problem_json"], "maps": []}"""));

	private static final HostileCase STORED_ONCE = HostileCase.of(JsonMapper.shared().readTree("""
			{"id": "control-2", "group": "control", "title": "replayed", "method": "POST", "path": "/v1/logs",
			 "auth": "ingest", "headers": {"Content-Type": "application/x-protobuf"},
			 "gen": {"kind": "otlp_replay", "signal": "logs", "times": 3}, "expect": {"status": [200]},
			 "property": ["stored_once"], "maps": []}"""));

	private final AtomicLong rows = new AtomicLong();

	private HttpServer server;

	private List<String> complaints = List.of();

	private int status = 400;

	private String type = "application/problem+json";

	private int rowsPerRequest;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
		this.server.createContext("/", (exchange) -> {
			exchange.getRequestBody().readAllBytes();
			this.rows.addAndGet(this.rowsPerRequest);
			byte[] body = ("{\"status\":" + this.status + ",\"code\":\"malformed\"}").getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", this.type);
			exchange.sendResponseHeaders(this.status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void serverThatRefusesProperlyPasses() throws IOException {
		assertThat(check(REFUSED)).isEmpty();
	}

	@Test
	void internalErrorIsFound() throws IOException {
		this.status = 500;
		assertThat(check(REFUSED)).anyMatch((violation) -> violation.startsWith("a 5xx"));
	}

	@Test
	void acceptanceOfWhatMustBeRefusedIsFound() throws IOException {
		this.status = 202;
		assertThat(check(REFUSED)).anyMatch((violation) -> violation.startsWith("answered 202"));
	}

	@Test
	void rowThatMustNotBeStoredIsFound() throws IOException {
		this.rowsPerRequest = 1;
		assertThat(check(REFUSED)).contains("1 rows stored, expected none");
	}

	@Test
	void refusalWithoutAProblemIsFound() throws IOException {
		this.type = "text/html";
		assertThat(check(REFUSED)).contains("no problem but text/html");
	}

	@Test
	void complaintOfTheSiteIsFound() throws IOException {
		this.complaints = List.of("a process has ended");
		assertThat(check(REFUSED)).contains("a process has ended");
	}

	@Test
	void replayThatIsStoredThriceIsFound() throws IOException {
		this.status = 200;
		this.rowsPerRequest = 1;
		assertThat(check(STORED_ONCE)).contains("3 copies stored, expected one");
	}

	@Test
	void decisionDoesNotExcuseAnInternalError() throws IOException {
		this.status = 500;
		Decision decision = Decision.status(422, "a wrong field is a wrong field");
		assertThat(new Checker(REFUSED, decision).check(new Attack(REFUSED, site()).run(), 0, site())).isNotEmpty();
	}

	private List<String> check(HostileCase hostile) throws IOException {
		return new Checker(hostile, null).check(new Attack(hostile, site()).run(), 0, site());
	}

	private Site site() {
		return new Site() {

			@Override
			public int port() {
				return CheckerTests.this.server.getAddress().getPort();
			}

			@Override
			public int grpcPort() {
				return port();
			}

			@Override
			public String key() {
				return "key";
			}

			@Override
			public String credential(String auth) {
				return "token of " + auth;
			}

			@Override
			public String keyId() {
				return "key";
			}

			@Override
			public String staleToken() {
				return "stale";
			}

			@Override
			public boolean victimSignsIn() {
				return true;
			}

			@Override
			public boolean userGainedSomething() {
				return false;
			}

			@Override
			public long rows() {
				return CheckerTests.this.rows.get();
			}

			@Override
			public long copies(String signalId) {
				return CheckerTests.this.rows.get();
			}

			@Override
			public long storedCharacters(String signalId) {
				return 0;
			}

			@Override
			public List<String> complaints() {
				return CheckerTests.this.complaints;
			}

		};
	}

}
