package dev.whence.ingest.genai;

import java.util.List;
import java.util.UUID;

import dev.whence.ingest.IngestApi;
import dev.whence.ingest.IngestTest;
import dev.whence.model.ProjectId;
import dev.whence.model.TraceId;
import dev.whence.model.run.DecisionRun;
import dev.whence.model.run.StepCounts;
import dev.whence.store.RunReader;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Spans as OpenTelemetry's exporters send them become a run, whatever the transport. */
@IngestTest
class DecisionSpansIT {

	@LocalServerPort
	int port;

	@Autowired
	RunReader reader;

	@Test
	void spansBecomeARunThatIsLinkedToItsTrace() {
		UUID id = UUID.randomUUID();
		String trace = id.toString().replace("-", "");
		IngestApi api = new IngestApi(this.port);
		for (int delivery = 0; delivery < 2; delivery++) {
			assertThat(api
				.post("/v1/traces", "application/json",
						"""
								{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"rag"}}]},
								 "scopeSpans":[{"spans":[
								  {"traceId":"%1$s","spanId":"0000000000000002","parentSpanId":"0000000000000001","name":"rerank",
								   "startTimeUnixNano":"1772359200100000000","endTimeUnixNano":"1772359200200000000","attributes":[
								    {"key":"gen_ai.operation.name","value":{"stringValue":"rerank"}},
								    {"key":"gen_ai.rerank.candidate.count","value":{"intValue":"20"}},
								    {"key":"gen_ai.rerank.scores","value":{"arrayValue":{"values":[{"doubleValue":0.9}]}}}]},
								  {"traceId":"%1$s","spanId":"0000000000000001","name":"invoke_agent helper",
								   "startTimeUnixNano":"1772359200000000000","endTimeUnixNano":"1772359200900000000","attributes":[
								    {"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},
								    {"key":"gen_ai.agent.name","value":{"stringValue":"helper"}}]}]}]}]}
								"""
							.formatted(trace))
				.status()).isEqualTo(200);
		}
		var events = this.reader.events(ProjectId.DEFAULT, List.of(id), 100).get(id);
		assertThat(events).as("a repeated delivery adds nothing").hasSize(2);
		DecisionRun run = DecisionRun.of(events);
		assertThat(run.name()).isEqualTo("helper");
		assertThat(run.steps().getFirst().counts()).isEqualTo(new StepCounts(20L, 1L, 0.95));
		assertThat(this.reader.ofTrace(ProjectId.DEFAULT, new TraceId(trace), 10)).containsExactly(id);
	}

	@Test
	void alsoSpansOfTheNativeDialectDo() {
		UUID id = UUID.randomUUID();
		assertThat(new IngestApi(this.port)
			.post("/ingest/traces", "application/json",
					"""
							{"signal_id":"%s","trace_id":"%s","span_id":"s1","parent_span_id":null,"service_name":"rag",
							 "timestamp":"2026-03-01T10:00:00Z","duration_ms":5,"status":"OK",
							 "attributes":{"openinference.span.kind":"LLM","llm.model_name":"gpt-4o","llm.token_count.prompt":1000}}
							"""
						.formatted(UUID.randomUUID(), id.toString().replace("-", "")))
			.status()).isEqualTo(202);
		DecisionRun run = DecisionRun.of(this.reader.events(ProjectId.DEFAULT, List.of(id), 100).get(id));
		assertThat(run.name()).isEqualTo("rag");
		assertThat(run.totalCost()).isEqualTo(0.005);
	}

}
