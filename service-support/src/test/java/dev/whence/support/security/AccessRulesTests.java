package dev.whence.support.security;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.server.PathContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AccessRulesTests {

	private final AccessRules rules = AccessRules.allowing(List.of("POST /workflow/instrument"));

	@ParameterizedTest
	@CsvSource({ "POST, /ingest, INGEST", "POST, /ingest/logs, INGEST", "POST, /v1/traces, INGEST",
			"GET, /ingest/retention, READ", "PUT, /ingest/retention, ADMIN", "POST, /api/v2/spans, INGEST",
			"POST, /api/v2/alerts, INGEST", "POST, /api/v2/alerts/webhook, INGEST", "GET, /api/v2/alerts, READ",
			"DELETE, /api/v2/alerts, ADMIN", "GET, /api/v2/services, READ", "GET, /query/signals, READ",
			"GET, /query/incidents/1/analysis, READ", "POST, /query/patterns/match, READ",
			"POST, /query/patterns, WRITE", "GET, /runs, READ", "GET, /api/notifications/channels, READ",
			"POST, /api/notifications/channels, ADMIN", "GET, /jaeger/api/services, READ",
			"POST, /query/incidents/1/resolve, WRITE", "PATCH, /query/incidents/1, WRITE",
			"POST, /query/incidents/bulk, WRITE", "POST, /query/incidents/dry-run, READ",
			"PATCH, /query/incidents/dry-run, WRITE", "POST, /query/incidents/dry-run/resolve, WRITE",
			"POST, /query/incidents/1/analysis/rerun, WRITE", "POST, /query/problems/f1/ignore, WRITE",
			"GET, /query/problems, READ", "GET, /query/services/shop/front, READ", "GET, /query/storage, READ",
			"POST, /query/changes, INGEST", "GET, /query/changes, READ", "GET, /query/analysis/accuracy, READ",
			"POST, /debug/analyze/req-1, WRITE", "GET, /api/projects, ADMIN", "DELETE, /api/keys/1, ADMIN",
			"GET, /steps, READ", "POST, /api/config/import/bluebuild, READ", "GET, /api/audit, ADMIN",
			"GET, /api/users/, ADMIN", "DELETE, /api/users/1, ADMIN", "PUT, /api/projects/1/members/1, ADMIN",
			"POST, /api/auth/keys/rotate, ADMIN", "GET, /api/auth/register, ADMIN", "GET, /api/config/1, READ",
			"POST, /api/config/transpile, READ", "POST, /api/config/, WRITE", "DELETE, /api/config/1, WRITE",
			"GET, /api/build/1/status, READ", "POST, /api/build/trigger, WRITE", "PUT, /.well-known/jwks.json, ADMIN",
			"GET, /workflow/usage, ADMIN", "GET, /somewhere/new, ADMIN", "GET, /actuator/env, ADMIN",
			"GET, /health/secrets, ADMIN", "POST, /health, ADMIN", "GET, /%69ngest/logs, INGEST",
			"POST, /ingest;v=1/logs, INGEST" })
	void scopeFollowsFromThePath(String method, String path, Scope expected) {
		assertThat(decide(method, path)).isEqualTo(new Access.Scoped(expected));
	}

	@ParameterizedTest
	@CsvSource({ "/health", "/readiness", "/metrics", "/openapi.json", "/ingest/health", "/api/health", "/api/ping",
			"/.well-known/jwks.json", "/api/auth/jwks" })
	void probesAreOpen(String path) {
		assertThat(decide("GET", path)).isEqualTo(new Access.Open());
	}

	@ParameterizedTest
	@CsvSource({ "/api/auth/register", "/api/auth/jwt/login", "/api/auth/jwt/refresh", "/api/webhooks/github" })
	void whatHandsOutTokensIsOpen(String path) {
		assertThat(decide("POST", path)).isEqualTo(new Access.Open());
	}

	@ParameterizedTest
	@CsvSource({ "GET, /api/users/me", "PATCH, /api/users/me", "GET, /api/users/me/projects",
			"POST, /api/auth/jwt/logout" })
	void oneselfNeedsNoScope(String method, String path) {
		assertThat(decide(method, path)).isEqualTo(new Access.Identified());
	}

	@Test
	void configuredPathIsAnonymousForItsMethodAlone() {
		assertThat(decide("POST", "/workflow/instrument")).isEqualTo(new Access.Anonymous());
		assertThat(decide("DELETE", "/workflow/instrument")).isEqualTo(new Access.Identified());
		assertThat(decide("POST", "/workflow/instrument/batch")).isEqualTo(new Access.Identified());
	}

	@Test
	void anonymousPathWithoutMethodIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> AccessRules.allowing(List.of("/workflow")))
			.withMessageContaining("anonymous-paths");
	}

	private Access decide(String method, String path) {
		return this.rules.decide(method, PathContainer.parsePath(path));
	}

}
