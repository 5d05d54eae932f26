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
			"POST, /query/patterns, ADMIN", "GET, /runs, READ", "GET, /api/notifications/channels, READ",
			"POST, /api/notifications/channels, ADMIN", "GET, /jaeger/api/services, READ",
			"POST, /query/incidents/1/resolve, ADMIN", "PATCH, /query/incidents/1, ADMIN",
			"POST, /query/incidents/bulk, ADMIN", "POST, /query/incidents/dry-run, READ",
			"PATCH, /query/incidents/dry-run, ADMIN", "POST, /query/incidents/dry-run/resolve, ADMIN",
			"POST, /query/incidents/1/analysis/rerun, ADMIN", "POST, /query/problems/f1/ignore, ADMIN",
			"GET, /query/problems, READ", "POST, /query/changes, INGEST", "GET, /query/changes, READ",
			"GET, /query/analysis/accuracy, READ", "POST, /debug/analyze/req-1, ADMIN", "GET, /api/projects, ADMIN",
			"DELETE, /api/keys/1, ADMIN", "GET, /workflow/usage, ADMIN", "GET, /somewhere/new, ADMIN",
			"GET, /actuator/env, ADMIN", "GET, /health/secrets, ADMIN", "POST, /health, ADMIN",
			"GET, /%69ngest/logs, INGEST", "POST, /ingest;v=1/logs, INGEST" })
	void scopeFollowsFromThePath(String method, String path, Scope expected) {
		assertThat(decide(method, path)).isEqualTo(new Access.Scoped(expected));
	}

	@ParameterizedTest
	@CsvSource({ "/health", "/readiness", "/metrics", "/openapi.json", "/ingest/health", "/api/health", "/api/ping" })
	void probesAreOpen(String path) {
		assertThat(decide("GET", path)).isEqualTo(new Access.Open());
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
