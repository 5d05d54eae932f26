package dev.whence.control.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import dev.whence.model.ProjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;

import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ControlTest
class AuditIT {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Audit audit;

	@Autowired
	private TransactionOperations transactions;

	private ControlApi api;

	@BeforeEach
	void connect() {
		this.api = new ControlApi(this.port);
	}

	@Test
	void whatIsDoneToAKeyIsToldWithoutTheKey() {
		int project = this.api.createProject("audited " + UUID.randomUUID());
		Map<?, ?> admin = this.api.createKey(project, "admin");
		RestTestClient client = this.api.as((String) admin.get("key"));
		Map<String, Object> key = ControlApi.body(client.post()
			.uri("/api/projects/{id}/keys", project)
			.body(Map.of("name", "sender", "scopes", List.of("ingest")))
			.exchange());
		client.post().uri("/api/keys/{id}/rotate", key.get("id")).exchange().expectStatus().isCreated();
		client.patch().uri("/api/keys/{id}", key.get("id")).body(Map.of("requests_per_minute", 5)).exchange();
		client.delete().uri("/api/keys/{id}", key.get("id")).exchange().expectStatus().isNoContent();
		assertThat(actions(client)).containsExactly("key.revoked", "key.limited", "key.rotated", "key.created",
				"key.created", "project.created");
		String all = new String(
				client.get().uri("/api/audit").exchange().expectBody().returnResult().getResponseBody());
		assertThat(all).doesNotContain((String) key.get("key"), (String) admin.get("key"))
			.contains("\"name\":\"" + admin.get("name") + "\"");
	}

	@ParameterizedTest
	@CsvSource({ "actor,a\0b", "action,a\0b", "from,+999999999-12-31T23:59:59Z", "to,-999999999-01-01T00:00:00Z" })
	void filtersThatNothingCanMatchAreNamed(String name, String value) {
		this.api.as(BOOTSTRAP_KEY)
			.get()
			.uri((uri) -> uri.path("/api/audit").queryParam(name, "{value}").build(value))
			.exchange()
			.expectStatus()
			.is4xxClientError()
			.expectBody()
			.jsonPath("$.detail")
			.value((detail) -> assertThat((String) detail).contains("'" + name + "'"));
	}

	@Test
	void administratorsSeeTheirOwnProjectAndOfProjectOneAll() {
		int one = this.api.createProject("one " + UUID.randomUUID());
		int two = this.api.createProject("two " + UUID.randomUUID());
		RestTestClient admin = this.api.as((String) this.api.createKey(one, "admin").get("key"));
		admin.get()
			.uri("/api/audit")
			.exchange()
			.expectBody()
			.jsonPath("$.entries[*].project_id")
			.value((ids) -> assertThat((List<?>) ids).allMatch((id) -> id.equals(one)));
		this.api.as(BOOTSTRAP_KEY)
			.get()
			.uri("/api/audit?action=project")
			.exchange()
			.expectBody()
			.jsonPath("$.entries[*].project_id")
			.value((ids) -> assertThat(new ArrayList<Object>((List<?>) ids)).contains(one, two));
		this.api.as((String) this.api.createKey(one, "read").get("key"))
			.get()
			.uri("/api/audit")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@Test
	void pagesFollowEachOtherAndFiltersLeaveOut() {
		int project = this.api.createProject("paged " + UUID.randomUUID());
		Map<?, ?> admin = this.api.createKey(project, "admin");
		RestTestClient client = this.api.as((String) admin.get("key"));
		for (int n = 0; n < 4; n++) {
			this.api.createKey(project, "read");
		}
		List<Object> seen = new ArrayList<>();
		Object cursor = null;
		do {
			Map<String, Object> page = ControlApi.body(client.get()
				.uri("/api/audit?limit=2" + ((cursor != null) ? "&cursor=" + cursor : ""))
				.exchange()
				.expectStatus()
				.isOk());
			((List<?>) page.get("entries")).forEach((entry) -> seen.add(((Map<?, ?>) entry).get("id")));
			cursor = page.get("next");
		}
		while (cursor != null);
		assertThat(seen).hasSize(6).doesNotHaveDuplicates();
		client.get()
			.uri("/api/audit?actor=bootstrap&action=project.created&from=2020-01-01T00:00:00Z")
			.exchange()
			.expectBody()
			.jsonPath("$.entries.length()")
			.isEqualTo(1);
		client.get()
			.uri("/api/audit?to=2020-01-01T00:00:00Z")
			.exchange()
			.expectBody()
			.jsonPath("$.entries.length()")
			.isEqualTo(0);
		client.get().uri("/api/audit?limit=0").exchange().expectStatus().isBadRequest();
	}

	@ParameterizedTest
	@ValueSource(strings = { "update control.audit_entry set actor_name = 'x'", "delete from control.audit_entry",
			"truncate control.audit_entry", "truncate control.project cascade" })
	void nobodyChangesWhatIsWritten(String sql) {
		this.api.createProject("kept " + UUID.randomUUID());
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.jdbc.sql(sql).update())
			.withStackTraceContaining("append-only");
	}

	@Test
	void whatIsRolledBackWasNotDone() {
		String id = UUID.randomUUID().toString();
		this.transactions.executeWithoutResult((status) -> {
			this.audit.record(Actor.ANONYMOUS, ProjectId.DEFAULT, "test.done", "test", id, Map.of());
			status.setRollbackOnly();
		});
		assertThat(this.jdbc.sql("select count(*) from control.audit_entry where object_id = :id")
			.param("id", id)
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void withoutATransactionNothingIsRecorded() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.audit.record(Actor.ANONYMOUS, ProjectId.DEFAULT, "test.done", "test", 1, Map.of()));
	}

	private static List<Object> actions(RestTestClient client) {
		Map<String, Object> page = ControlApi.body(client.get().uri("/api/audit").exchange().expectStatus().isOk());
		List<Object> actions = new ArrayList<>();
		((List<?>) page.get("entries")).forEach((entry) -> actions.add(((Map<?, ?>) entry).get("action")));
		return actions;
	}

}
