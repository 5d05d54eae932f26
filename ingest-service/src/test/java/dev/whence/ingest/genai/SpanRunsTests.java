package dev.whence.ingest.genai;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.whence.ingest.genai.DecisionProperties.Price;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.model.run.CandidateJourney;
import dev.whence.model.run.DecisionFunnel;
import dev.whence.model.run.DecisionRun;
import dev.whence.model.run.DecisionStep;
import dev.whence.model.run.RunStatus;
import dev.whence.model.run.StepCounts;
import dev.whence.store.form.EncodedJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SpanRunsTests {

	private static final TraceId TRACE = new TraceId("4bf92f3577b34da6a3ce929d0e0e4736");

	private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

	private static final Prices PRICES = new Prices("2026-03",
			Map.of("gpt-4", new Price(30, 60), "gpt-4o", new Price(5, 15)));

	private final SpanRuns runs = new SpanRuns(Content.KEPT, PRICES);

	@Test
	void aRetrievalOfOpenTelemetryHasItsDocuments() {
		DecisionStep step = step(span("retrieval", "gen_ai.operation.name", "retrieval", "gen_ai.request.top_k", 5,
				"gen_ai.retrieval.query.text", "stands", "gen_ai.retrieval.documents",
				"[{\"id\":\"doc_1\",\"score\":0.95},{\"id\":\"doc_2\",\"score\":0.87}]"));
		assertThat(step.type()).isEqualTo("retrieval");
		assertThat(step.counts().output()).isEqualTo(2);
		assertThat(step.inputs()).isEqualTo(Map.of("top_k", 5L, "text", "stands"));
		assertThat(CandidateJourney.in(step, "doc_2").orElseThrow().score()).isEqualTo(0.87);
	}

	@Test
	void aRerankerOfOpenInferenceIsAFilterWithEveryCandidate() {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>(
				Map.of("openinference.span.kind", "RERANKER", "reranker.query", "stand for a laptop"));
		for (int i = 0; i < 5; i++) {
			attributes.put("reranker.input_documents." + i + ".document.id", "d" + i);
			attributes.put("reranker.input_documents." + i + ".document.content", "text " + i);
			attributes.put("reranker.input_documents." + i + ".document.score", 0.5 - i / 100.0);
		}
		attributes.put("reranker.output_documents.0.document.id", "d3");
		attributes.put("reranker.output_documents.0.document.score", 0.99);
		DecisionStep step = step(span("rerank", attributes));
		assertThat(step.type()).isEqualTo("filter");
		assertThat(step.counts()).isEqualTo(new StepCounts(5L, 1L, 0.8));
		assertThat(CandidateJourney.in(step, "d3")).get().satisfies((stop) -> {
			assertThat(stop.selected()).isTrue();
			assertThat(stop.rank()).isEqualTo(1);
			assertThat(stop.score()).isEqualTo(0.99);
		});
		assertThat(CandidateJourney.in(step, "d0")).get().satisfies((stop) -> {
			assertThat(stop.selected()).isFalse();
			assertThat(stop.score()).isEqualTo(0.5);
		});
	}

	@Test
	void aRerankSpanOfGenAiCountsWhatItWasGivenAndLeft() {
		assertThat(step(span("rerank", "gen_ai.operation.name", "rerank", "gen_ai.rerank.candidate.count", 40,
				"gen_ai.rerank.scores", List.of(0.9, 0.8)))
			.counts()).isEqualTo(new StepCounts(40L, 2L, 0.95));
		assertThat(
				step(span("rerank", "gen_ai.rerank.input_count", 3, "gen_ai.rerank.output_count", 2)).counts().output())
			.isEqualTo(2);
		assertThat(step(span("rerank", "gen_ai.rerank.input_documents", "[{\"id\":\"a\"},{\"id\":\"b\"}]",
				"gen_ai.rerank.output_documents", "[{\"id\":\"b\",\"relevance_score\":0.7}]"))
			.counts()
			.dropRate()).isEqualTo(0.5);
	}

	@Test
	void selectedDocumentsAreAFilterOfTheRetrievedOnes() {
		DecisionStep step = step(span("select", "retrieval.document_ids", List.of("a", "b", "c", "d"),
				"selection.document_ids", List.of("c")));
		assertThat(step.counts()).isEqualTo(new StepCounts(4L, 1L, 0.75));
		assertThat(CandidateJourney.in(step, "a").orElseThrow().selected()).isFalse();
		assertThat(step(span("find", "retrieval.document_ids", List.of("a", "b"))).type()).isEqualTo("retrieval");
	}

	@Test
	void tokensCostWhatTheTableSaysAndUnknownModelsAreNamed() {
		DecisionStep known = step(
				span("chat", "gen_ai.operation.name", "chat", "gen_ai.request.model", "gpt-4o", "gen_ai.response.model",
						"gpt-4o-2024-08-06", "gen_ai.usage.input_tokens", 1000, "gen_ai.usage.output_tokens", 100));
		assertThat(known.cost()).isEqualTo(0.0065);
		assertThat(known.metadata().toString()).contains("prices_as_of=2026-03");
		DecisionStep unknown = step(span("llm", "openinference.span.kind", "LLM", "llm.model_name", "house-model",
				"llm.token_count.prompt", 10, "llm.token_count.completion", 1));
		assertThat(unknown.cost()).isZero();
		assertThat(unknown.metadata().toString()).contains("price_unknown=house-model");
		assertThat(unknown.type()).isEqualTo("llm");
	}

	@ParameterizedTest
	@CsvSource({ "gpt-4, 30", "gpt-4-0613, 30", "gpt-4o, 5", "gpt-4o-2024-08-06, 5", "gpt-4o-mini, -1", "gpt-45, -1",
			"gpt-4-turbo, -1", "gpt-4-latest, 30", "'', -1" })
	void aModelIsFoundWithItsDateAndNeverByALikeness(String model, double price) {
		assertThat(PRICES.cost(model, 1_000_000, 0).orElse(-1.0)).isEqualTo(price);
	}

	@Test
	void aTraceIsARunOfItsOutermostAgent() {
		List<Span> spans = new ArrayList<>(List.of(
				part("a", "0000000000000001", null, 0, 1000, "ERROR", "gen_ai.operation.name", "invoke_agent",
						"gen_ai.agent.name", "shopper"),
				part("b", "0000000000000002", "0000000000000001", 100, 300, "OK", "gen_ai.operation.name",
						"invoke_agent", "gen_ai.agent.name", "pricer"),
				part("c", "0000000000000003", "0000000000000002", 150, 100, "OK", "gen_ai.operation.name", "chat",
						"gen_ai.request.model", "m")));
		DecisionRun expected = null;
		for (int seed = 0; seed < 6; seed++) {
			Collections.shuffle(spans, new Random(seed));
			DecisionRun run = DecisionRun.of(this.runs.of(spans));
			expected = (expected != null) ? expected : run;
			assertThat(run).isEqualTo(expected);
		}
		assertThat(expected.name()).isEqualTo("shopper");
		assertThat(expected.status()).isEqualTo(RunStatus.FAILED);
		assertThat(expected.traceId()).isEqualTo(TRACE.value());
		assertThat(expected.steps()).extracting(DecisionStep::name).containsExactly("pricer", "c");
		assertThat(expected.id()).isEqualTo(UUID.fromString("4bf92f35-77b3-4da6-a3ce-929d0e0e4736"));
	}

	@Test
	void aTraceWithoutAnAgentIsCalledLikeItsServiceAndIsOver() {
		DecisionRun run = run(span("chat", "gen_ai.operation.name", "chat", "gen_ai.request.model", "m"));
		assertThat(run.name()).isEqualTo("shop");
		assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
		assertThat(DecisionFunnel.of(run).funnel()).hasSize(1);
	}

	@Test
	void otherSpansAreNoDecisions() {
		assertThat(this.runs.of(List.of(span("GET", "http.request.method", "GET")))).isEmpty();
		assertThat(Dialects.mayTell(span("GET", "http.request.method", "GET"))).isFalse();
		assertThat(Dialects.mayTell(span("chat", "gen_ai.operation.name", "chat"))).isTrue();
	}

	@Test
	void withoutContentIdsAreHashesAndTextsAreGone() {
		Span span = span("rerank", "openinference.span.kind", "RERANKER", "input.value", "my secret", "reranker.query",
				"my secret", "reranker.input_documents", "[{\"id\":\"patient-7\",\"content\":\"my secret\"}]",
				"reranker.output_documents", "[{\"id\":\"patient-7\"}]", "llm.token_count.prompt", 3, "http.route",
				"/x");
		SpanRuns free = new SpanRuns(Content.FREE, PRICES);
		String events = free.of(List.of(span)).toString();
		assertThat(events).doesNotContain("secret").doesNotContain("patient");
		DecisionStep step = DecisionRun.of(free.of(List.of(span))).steps().getFirst();
		assertThat(step.counts().input()).isEqualTo(1);
		assertThat(CandidateJourney.in(step, Content.FREE.id("patient-7"))).isPresent();
		Span stored = Content.FREE.span(span);
		assertThat(stored.toString()).doesNotContain("secret").doesNotContain("patient");
		assertThat(stored.attributes()).containsEntry("http.route", "/x").containsEntry("llm.token_count.prompt", 3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "[", "[]", "{}", "7", "[[],{},null,7]", "[{\"id\":null}]", "[{\"index\":3}]", "[\"{broken\"]" })
	void whateverDocumentsAreTheyAreNoReasonToFail(String documents) {
		assertThat(
				run(span("r", "gen_ai.operation.name", "retrieval", "gen_ai.retrieval.documents", documents)).steps())
			.hasSize(1);
		assertThat(run(span("r", "openinference.span.kind", "RETRIEVER", "retrieval.documents.999999999999.document.id",
				"x", "retrieval.documents.-1.document.id", "y", "retrieval.documents..document.id", documents))
			.steps()).hasSize(1);
	}

	private DecisionStep step(Span span) {
		return run(span).steps().getFirst();
	}

	private DecisionRun run(Span span) {
		return DecisionRun.of(this.runs.of(List.of(span)));
	}

	private static Span span(String name, Object... attributes) {
		return part(name, "00f067aa0ba902b7", "0000000000000009", 0, 100, "OK", attributes);
	}

	private static Span span(String name, Map<String, @Nullable Object> attributes) {
		return part(name, "00f067aa0ba902b7", "0000000000000009", 0, 100, "OK", attributes);
	}

	private static Span part(String name, String id, @Nullable String parent, int startMillis, int millis,
			String status, Object... attributes) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < attributes.length; i += 2) {
			map.put((String) attributes[i], attributes[i + 1]);
		}
		return part(name, id, parent, startMillis, millis, status, map);
	}

	// As OTLP's decoder hands them over.
	private static Span part(String name, String id, @Nullable String parent, int startMillis, int millis,
			String status, Map<String, @Nullable Object> attributes) {
		return new Span(new UUID(1, 1), TRACE, id, parent, "shop", name, SpanKind.INTERNAL,
				START.plusMillis(startMillis), Duration.ofMillis(millis), status, null,
				new EncodedJson(JsonMapper.shared().writeValueAsBytes(attributes)), Map.of(), Map.of());
	}

}
