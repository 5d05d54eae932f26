package dev.whence.support.request;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.whence.support.problem.ProblemSupport;
import dev.whence.support.web.ServletSupportConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Over a socket, because clients refuse to send most of this. */
@SpringBootTest(classes = UnreadableRequestTests.Service.class,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class UnreadableRequestTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource({ "name=Caf%E9, name", "name=%FF, name", "name=%C3%28, name", "name=%ED%A0%80, name",
			"name=%F5%80%80%80, name", "name=%, name", "name=%4, name", "name=%zz, name", "other=1&name=%E9, name",
			"unheard=%E9, unheard", "%E9=1, %E9", "limit[]=1, limit[]", "limit%5B%5D=1, limit[]",
			"filter[name]=1, filter[name]" })
	void aQueryThatCannotBeReadNamesTheParameter(String query, String parameter) throws IOException {
		Answer answer = send("GET /things?" + query + " HTTP/1.1\r\n");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.problem().get("code").asString()).isEqualTo("invalid-parameter");
		assertThat(answer.problem().get("detail").asString()).contains("'" + parameter + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/things/%C3%28", "/things/%E9", "/things/%00", "/things/%", "/things/%zz",
			"/things/a\u0001b", "/things/a<b", "/things/../../x" })
	void aPathThatCannotBeReadIsAProblemToo(String path) throws IOException {
		Answer answer = send("GET " + path + " HTTP/1.1\r\n");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.problem().get("code").asString()).isEqualTo("malformed-request");
		assertThat(answer.problem().get("detail").asString()).startsWith("The path");
	}

	@Test
	void anExpectationThatNobodyCanMeetIsNamed() throws IOException {
		Answer answer = send("GET /things HTTP/1.1\r\nExpect: x\r\n");
		assertThat(answer.status()).isEqualTo(417);
		assertThat(answer.problem().get("status").asInt()).isEqualTo(417);
		assertThat(answer.problem().get("detail").asString()).contains("Expect");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /things HTTP/9.9\r\n", "G(T /things HTTP/1.1\r\n",
			"GET /things HTTP/1.1\r\nContent-Length: x\r\n", "GET /things HTTP/1.1\r\nHost: other\r\n" })
	void aRequestThatIsNoneIsNotAnsweredWithHtml(String request) throws IOException {
		assertThat(send(request).problem().get("status").asInt()).isBetween(400, 505);
	}

	@Test
	void headersWithoutEndAreNotAnsweredWithHtml() throws IOException {
		assertThat(
				send("GET /things HTTP/1.1\r\nX-Long: " + "x".repeat(20_000) + "\r\n").problem().get("status").asInt())
			.isBetween(400, 431);
	}

	@Test
	void aFormThatCannotBeReadIsTheCallersMistake() throws IOException {
		String form = "name=%E9";
		Answer answer = send("POST /things HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
				+ "Content-Length: " + form.length() + "\r\n", form);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.problem().get("code").asString()).isEqualTo("malformed-body");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "a%2Fb | a/b", "a%2fb%2F | a/b/", "%2F | /", "a%5Cb | a\\b", "%C3%A9 | é",
			"4bf%2F123%3Bo%3D1 | 4bf/123;o=1", "a%2F..%2Fb | a/../b", "a%25b | a%b" })
	void whateverAnIdIsMadeOfItCanBeAskedFor(String path, String id) throws IOException {
		assertThat(send("GET /things/" + path + " HTTP/1.1\r\n").body()).isEqualTo(id);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "name=Caf%C3%A9 | Café", "name=a+b%20c | a b c",
			"name=%F0%9F%98%80 | \uD83D\uDE00", "name={\"a\":[1]} | {\"a\":[1]}", "name=a^b|a^b" })
	void aQueryThatCanBeReadIsRead(String query, String name) throws IOException {
		assertThat(send("GET /things?" + query + " HTTP/1.1\r\n").body()).isEqualTo(name);
	}

	private Answer send(String head) throws IOException {
		return send(head, "");
	}

	private Answer send(String head, String body) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream()
				.write((head + "Host: localhost\r\nConnection: close\r\n\r\n" + body)
					.getBytes(StandardCharsets.ISO_8859_1));
			String[] parts = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
				.split("\r\n\r\n", 2);
			return new Answer(parts[0], parts[1]);
		}
	}

	private record Answer(String head, String body) {

		int status() {
			return Integer.parseInt(this.head.split(" ")[1]);
		}

		JsonNode problem() {
			assertThat(this.head).containsIgnoringCase("Content-Type: application/problem+json")
				.containsIgnoringCase("Content-Length:");
			return new JsonMapper().readTree(this.body);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, TomcatServletWebServerAutoConfiguration.class,
			DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, ProblemSupport.class,
			HttpEncodingAutoConfiguration.class, RequestConfiguration.class, ServletSupportConfiguration.class })
	@Import(Things.class)
	static class Service {

	}

	@RestController
	static class Things {

		@GetMapping(path = "/things/{id}", produces = "text/plain;charset=UTF-8")
		String thing(@PathVariable String id) {
			return id;
		}

		@GetMapping(path = "/things", produces = "text/plain;charset=UTF-8")
		String named(@RequestParam(defaultValue = "") String name) {
			return name;
		}

		@PostMapping("/things")
		String make(@RequestParam String name) {
			return name;
		}

	}

}
