package dev.whence.support.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.support.problem.ProblemWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class CredentialFilterTests {

	private static final String BOOTSTRAP = "bootstrap-key-of-at-least-32-characters";

	private static final Credential SENDER = new Credential(new ProjectId(7), Set.of(Scope.INGEST), "sender",
			new Holder.Key(9, 600));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final CredentialFilter filter = new CredentialFilter(
			AccessRules.allowing(List.of("POST /workflow/instrument")),
			List.of(new BootstrapKeyVerifier(BOOTSTRAP), CredentialFilterTests::verify),
			new ProblemWriter(JsonMapper.builder().build()));

	@Test
	void keyOfBothHeadersIsAccepted() throws Exception {
		assertThat(send(request("POST", "/ingest/logs", "Authorization", "Bearer sender"))).isEqualTo(SENDER);
		assertThat(send(request("POST", "/ingest/logs", "Authorization", "bearer sender"))).isEqualTo(SENDER);
		assertThat(send(request("POST", "/ingest/logs", "X-Api-Key", "sender"))).isEqualTo(SENDER);
	}

	@Test
	void missingKeyIsAnsweredWith401AndHowToSendOne() throws Exception {
		assertThat(send(request("POST", "/ingest/logs"))).isNull();
		assertThat(this.response.getStatus()).isEqualTo(401);
		assertThat(this.response.getContentType()).isEqualTo("application/problem+json");
		assertThat(this.response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(this.response.getContentAsString()).contains("\"code\":\"unauthenticated\"", "X-Api-Key");
	}

	@Test
	void unknownKeyIsAnsweredWith401() throws Exception {
		send(request("POST", "/ingest/logs", "X-Api-Key", "stranger"));
		assertThat(this.response.getStatus()).isEqualTo(401);
		assertThat(this.response.getContentAsString()).doesNotContain("stranger");
	}

	@Test
	void emptyKeyIsAnsweredWith401() throws Exception {
		send(request("POST", "/ingest/logs", "X-Api-Key", ""));
		assertThat(this.response.getStatus()).isEqualTo(401);
	}

	@Test
	void otherAuthenticationSchemeIsAnsweredWith401() throws Exception {
		send(request("POST", "/ingest/logs", "Authorization", "Basic c2VuZGVyOg=="));
		assertThat(this.response.getStatus()).isEqualTo(401);
	}

	@Test
	void twoDifferentKeysAreRefused() throws Exception {
		MockHttpServletRequest request = request("POST", "/ingest/logs", "Authorization", "Bearer sender");
		request.addHeader("X-Api-Key", BOOTSTRAP);
		assertThat(send(request)).isNull();
		assertThat(this.response.getStatus()).isEqualTo(401);
	}

	@Test
	void missingScopeIsAnsweredWith403NamingIt() throws Exception {
		send(request("GET", "/query/signals", "X-Api-Key", "sender"));
		assertThat(this.response.getStatus()).isEqualTo(403);
		assertThat(this.response.getContentAsString()).contains("'read'");
	}

	@Test
	void bootstrapKeyMayDoEverythingInProjectOne() throws Exception {
		Credential credential = send(request("GET", "/query/signals", "X-Api-Key", BOOTSTRAP));
		assertThat(credential).isNotNull();
		assertThat(credential.project()).isEqualTo(ProjectId.DEFAULT);
		assertThat(credential.scopes()).containsExactly(Scope.ADMIN);
	}

	@Test
	void headersThatNameAProjectAreNotRead() throws Exception {
		MockHttpServletRequest request = request("POST", "/ingest/logs", "X-Api-Key", "sender");
		request.addHeader("X-Project-Id", "99");
		request.addHeader("X-Tenant-Id", "99");
		assertThat(send(request)).isEqualTo(SENDER);
	}

	@Test
	void anonymousPathTakesAKeyButNeedsNone() throws Exception {
		assertThat(send(request("POST", "/workflow/instrument"))).isEqualTo(Credential.ANONYMOUS);
		assertThat(send(request("POST", "/workflow/instrument", "X-Api-Key", "sender"))).isEqualTo(SENDER);
		assertThat(send(request("POST", "/workflow/instrument", "X-Api-Key", "stranger"))).isNull();
		assertThat(this.response.getStatus()).isEqualTo(401);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /api/projects, 200", "POST, /ingest/logs, 200", "POST, /api/config/validate, 200",
			"POST, /api/projects/1/keys, 401", "DELETE, /api/keys/1, 401", "PATCH, /api/users/me, 401",
			"POST, /query/incidents/1/resolve, 401", "PUT, /ingest/retention, 401",
			"POST, /api/notifications/channels, 401" })
	void whatIsRememberedOfACredentialIsNotEnoughForAChange(String method, String path, int status) throws Exception {
		CredentialVerifier remembering = new CredentialVerifier() {

			@Override
			public Optional<Credential> verify(String token) {
				return Optional.of(Credential.OPEN);
			}

			@Override
			public Optional<Credential> verifyNow(String token) {
				return Optional.empty();
			}

		};
		new CredentialFilter(AccessRules.allowing(List.of()), List.of(remembering),
				new ProblemWriter(JsonMapper.builder().build()))
			.doFilter(request(method, path, "X-Api-Key", "revoked"), this.response, new MockFilterChain());
		assertThat(this.response.getStatus()).isEqualTo(status);
	}

	@Test
	void openPathDoesNotLookAtTheKey() throws Exception {
		send(request("GET", "/health", "X-Api-Key", "unverifiable"));
		assertThat(this.response.getStatus()).isEqualTo(200);
	}

	@Test
	void unverifiableKeyIsAnsweredWith503AndRetryAfter() throws Exception {
		send(request("POST", "/ingest/logs", "X-Api-Key", "unverifiable"));
		assertThat(this.response.getStatus()).isEqualTo(503);
		assertThat(this.response.getHeader("Retry-After")).isNotBlank();
	}

	@Test
	void otlpSenderIsRefusedInItsOwnEncoding() throws Exception {
		MockHttpServletRequest request = request("POST", "/v1/logs");
		request.setContentType("application/x-protobuf");
		send(request);
		assertThat(this.response.getStatus()).isEqualTo(401);
		assertThat(this.response.getContentType()).isEqualTo("application/x-protobuf");
		// google.rpc.Status, field 1: code 16 is UNAUTHENTICATED.
		assertThat(this.response.getContentAsByteArray()).startsWith(0x08, 16);
	}

	@Test
	void openModeGivesEveryRequestAllScopes() throws Exception {
		MockHttpServletRequest request = request("GET", "/api/projects", "X-Api-Key", "stranger");
		new OpenModeFilter(List::of).doFilter(request, this.response, new MockFilterChain());
		assertThat(request.getAttribute(CredentialFilter.ATTRIBUTE)).isEqualTo(Credential.OPEN);
	}

	private @Nullable Credential send(MockHttpServletRequest request) throws Exception {
		MockFilterChain chain = new MockFilterChain();
		this.filter.doFilter(request, this.response, chain);
		return (chain.getRequest() != null) ? (Credential) chain.getRequest().getAttribute(CredentialFilter.ATTRIBUTE)
				: null;
	}

	private static MockHttpServletRequest request(String method, String path, String... header) {
		MockHttpServletRequest request = new MockHttpServletRequest(method, path);
		if (header.length == 2) {
			request.addHeader(header[0], header[1]);
		}
		return request;
	}

	private static Optional<Credential> verify(String token) {
		return switch (token) {
			case "sender" -> Optional.of(SENDER);
			case "unverifiable" -> throw new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE, "no database");
			default -> Optional.empty();
		};
	}

}
