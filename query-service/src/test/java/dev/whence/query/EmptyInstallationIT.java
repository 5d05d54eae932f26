package dev.whence.query;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

/** The query service alone, before ingest, worker and control were ever started. */
@QueryTest
class EmptyInstallationIT {

	@LocalServerPort
	private int port;

	@Test
	void thereAreNoIncidentsBeforeTheWorkerWasEverStarted() {
		QueryApi api = new QueryApi(this.port);
		api.get("/query/incidents")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.total")
			.isEqualTo(0)
			.jsonPath("$.items.length()")
			.isEqualTo(0);
		String unknown = "/query/incidents/00000000-0000-0000-0000-000000000001";
		for (String path : new String[] { unknown, unknown + "/analysis", unknown + "/analyses", unknown + "/evidence",
				"/query/problems/f1" }) {
			api.get(path).expectStatus().isNotFound();
		}
		for (String path : new String[] { "/query/incidents/facets", "/query/incidents/stats", "/query/problems",
				"/query/changes", "/query/analysis/accuracy", "/query/analysis/backlog" }) {
			api.get(path).expectStatus().isOk();
		}
	}

	@Test
	void signalsAreUnavailableBeforeIngestWasEverStarted() {
		new QueryApi(this.port).get("/query/signals")
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.exists("Retry-After")
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("dependency-unavailable");
	}

	@Test
	void rejectedRecordsAreUnavailableBeforeIngestWasEverStarted() {
		new QueryApi(this.port).get("/query/rejected").expectStatus().isEqualTo(503);
	}

	@Test
	void whatIsCountedIsUnavailableBeforeIngestWasEverStarted() {
		for (String path : new String[] { "/query/services", "/query/services/cart", "/query/service-map",
				"/query/errors", "/query/storage", "/query/ingest-health", "/query/metrics/names",
				"/query/metrics/series?name=cpu" }) {
			new QueryApi(this.port).get(path).expectStatus().isEqualTo(503);
		}
	}

	@Test
	void probesAreOpen() {
		QueryApi api = new QueryApi(this.port);
		for (String path : new String[] { "/health", "/readiness", "/metrics", "/openapi.json" }) {
			api.getAnonymously(path).expectStatus().isOk();
		}
	}

}
