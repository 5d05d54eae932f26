package dev.whence.query.rejected;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;

import dev.whence.model.ProjectId;
import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@QueryTest
@Import(IngestSide.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectedQueryIT {

	private static final Instant START = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600);

	@LocalServerPort
	private int port;

	private QueryApi api;

	@BeforeAll
	void rejectSome(@Autowired IngestSide.Telemetry telemetry) {
		this.api = new QueryApi(this.port);
		telemetry.reject(ProjectId.DEFAULT, record(0, "log", RejectionReason.INVALID_FIELD, "payment"),
				record(1, "trace", RejectionReason.CONFLICT, "payment"),
				record(2, "unknown", RejectionReason.MALFORMED, null),
				record(3, "log", RejectionReason.TOO_LARGE, "shop"));
		telemetry.reject(new ProjectId(2), record(4, "log", RejectionReason.MALFORMED, "payment"));
		telemetry.reject(ProjectId.DEFAULT,
				IntStream.range(0, 3)
					.mapToObj((i) -> record(-86_400 * 30 + i, "metric", RejectionReason.LIMIT, "old"))
					.toArray(RejectedRecord[]::new));
	}

	@Test
	void rejectedRecordsAreShownNewestFirst() {
		this.api.get("/query/rejected?limit=2").expectStatus().isOk().expectBody().json("""
				{"total":7,"limit":2,"offset":0,"total_capped":false,"items":[
				 {"received_at":"%s","transport":"batch","signal_type":"log","reason":"too-large","message":"message 3",
				  "service_name":"shop","signal_id":"id-3","excerpt":"{\\"n\\":3}\uFFFD"},
				 {"received_at":"%s","transport":"batch","signal_type":"unknown","reason":"malformed",
				  "message":"message 2","service_name":null,"signal_id":"id-2","excerpt":"{\\"n\\":2}\uFFFD"}]}
				""".formatted(START.plusSeconds(3), START.plusSeconds(2)));
	}

	@ParameterizedTest
	@CsvSource({ "reason=invalid-field, 1", "reason=CONFLICT, 1", "signal_type=log, 2", "signal_type=unknown, 1",
			"service_name=payment, 2", "service_name=payment&reason=malformed, 0", "offset=6, 7", "reason=, 7" })
	void filtersNarrowTheList(String query, int total) {
		this.api.get("/query/rejected?" + query)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.total")
			.isEqualTo(total);
	}

	@Test
	void timesAreInclusive() {
		this.api.get("/query/rejected?start_time={start}&end_time={end}", START.plusSeconds(1), START.plusSeconds(2))
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(2)
			.jsonPath("$.items[1].reason")
			.isEqualTo("conflict");
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=1001, limit", "offset=-1, offset", "offset=100001, offset",
			"start_time=yesterday, start_time", "end_time=infinity, end_time", "signal_type=logs, signal_type",
			"reason=because, reason", "service_name=%00, service_name" })
	void anInvalidParameterIsNamed(String query, String parameter) {
		this.api.getRaw("/query/rejected?" + query)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("invalid-parameter")
			.jsonPath("$.detail")
			.value((detail) -> assertThat((String) detail).contains("'" + parameter + "'"));
	}

	@Test
	void questionsNeedAKey() {
		this.api.getAnonymously("/query/rejected").expectStatus().isUnauthorized();
	}

	@Test
	void theApiIsDescribed() {
		this.api.get("/openapi.json")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.paths['/query/rejected'].get.summary")
			.isEqualTo("Search records that were not stored, newest first");
	}

	private static RejectedRecord record(int second, String type, RejectionReason reason, @Nullable String service) {
		return new RejectedRecord(START.plusSeconds(second), Transport.BATCH, type, reason, "message " + second,
				service, "id-" + second, "{\"n\":" + second + "}\0");
	}

}
