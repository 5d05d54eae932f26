package dev.whence.ingest.genai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.whence.ingest.genai.Documents.Listing;
import dev.whence.model.Span;
import dev.whence.store.form.EncodedJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads four dialects. OpenTelemetry's GenAI conventions (in development; names as of
 * 2026, older ones beside them), {@code gen_ai.rerank.*} as its proposal and those who
 * already use it have it, OpenInference's semantic conventions, and pairs of
 * {@code retrieval.document_ids} and {@code selection.document_ids}.
 */
final class Dialects {

	private static final List<String> KEYS = List.of("gen_ai.operation.name", "gen_ai.request.model", "gen_ai.rerank.",
			"gen_ai.retrieval.", "gen_ai.system", "gen_ai.provider.name", "openinference.span.kind",
			"retrieval.document_ids", "selection.document_ids");

	private static final byte[][] MARKS = KEYS.stream()
		.map((key) -> ("\"" + key).getBytes(StandardCharsets.US_ASCII))
		.toArray(byte[][]::new);

	private Dialects() {
	}

	/** Whether the span may tell of a decision; cheap, and true for some that do not. */
	static boolean mayTell(Span span) {
		Map<String, @Nullable Object> attributes = span.attributes();
		return (attributes instanceof EncodedJson encoded) ? encoded.mentions(MARKS)
				: attributes.keySet().stream().anyMatch((key) -> KEYS.stream().anyMatch(key::startsWith));
	}

	static Optional<Decision> read(Span span) {
		Map<String, @Nullable Object> attributes = span.attributes();
		if (text(attributes, "openinference.span.kind") != null) {
			return Optional.of(openInference(attributes));
		}
		if (attributes.containsKey("retrieval.document_ids") || attributes.containsKey("selection.document_ids")) {
			return Optional.of(documentIds(attributes));
		}
		return genAi(span, attributes);
	}

	private static Decision openInference(Map<String, @Nullable Object> attributes) {
		String kind = Objects.requireNonNull(text(attributes, "openinference.span.kind")).toLowerCase(Locale.ROOT);
		String type = switch (kind) {
			case "retriever" -> "retrieval";
			case "reranker" -> "filter";
			default -> kind;
		};
		boolean reranker = kind.equals("reranker");
		Listing left = Documents.at(attributes, reranker ? "reranker.output_documents" : "retrieval.documents");
		return new Decision(type, "openinference", first(attributes, "agent.name", "tool.name"),
				reranker ? Documents.at(attributes, "reranker.input_documents") : null, left, null, null,
				count(attributes, "reranker.top_k"),
				first(attributes, "llm.model_name", "reranker.model_name", "embedding.model_name"),
				count(attributes, "llm.token_count.prompt"), count(attributes, "llm.token_count.completion"),
				number(attributes, "llm.cost.total"), first(attributes, "reranker.query", "input.value"),
				first(attributes, "output.value"));
	}

	private static Decision documentIds(Map<String, @Nullable Object> attributes) {
		Listing found = Documents.at(attributes, "retrieval.document_ids");
		Listing selected = Documents.at(attributes, "selection.document_ids");
		boolean selection = attributes.containsKey("selection.document_ids");
		return new Decision(selection ? "filter" : "retrieval", "document_ids", null, selection ? found : null,
				selection ? selected : found, null, null, count(attributes, "retrieval.top_k"), null, null, null, null,
				first(attributes, "retrieval.query"), null);
	}

	private static Optional<Decision> genAi(Span span, Map<String, @Nullable Object> attributes) {
		String operation = operation(span, attributes);
		if (operation == null) {
			return Optional.empty();
		}
		String type = switch (operation) {
			case "chat", "text_completion", "generate_content", "generate" -> "llm";
			case "retrieval", "retrieve" -> "retrieval";
			case "rerank" -> "filter";
			case "invoke_agent", "create_agent" -> "agent";
			case "invoke_workflow" -> "chain";
			case "execute_tool" -> "tool";
			case "embeddings", "embed" -> "embedding";
			default -> operation;
		};
		Listing left = operation.equals("rerank") ? reranked(attributes)
				: Documents.at(attributes, "gen_ai.retrieval.documents");
		return Optional.of(new Decision(type, operation.equals("rerank") ? "gen_ai.rerank" : "gen_ai",
				first(attributes, "gen_ai.agent.name", "gen_ai.tool.name", "gen_ai.workflow.name"),
				Documents.at(attributes, "gen_ai.rerank.input_documents"), left,
				counted(attributes, "gen_ai.rerank.candidate.count", "gen_ai.rerank.documents.count",
						"gen_ai.rerank.input_count"),
				counted(attributes, "gen_ai.rerank.output_count", "gen_ai.retrieval.results_count",
						"gen_ai.retrieval.documents.count"),
				counted(attributes, "gen_ai.request.top_k", "gen_ai.retrieval.top_k", "gen_ai.rerank.top_n"),
				first(attributes, "gen_ai.response.model", "gen_ai.request.model", "gen_ai.rerank.model"),
				counted(attributes, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
				counted(attributes, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
				number(attributes, "gen_ai.usage.cost"),
				first(attributes, "gen_ai.retrieval.query.text", "gen_ai.retrieval.query", "gen_ai.rerank.query.text",
						"gen_ai.rerank.query", "gen_ai.input.messages", "gen_ai.prompt"),
				first(attributes, "gen_ai.output.messages", "gen_ai.completion")));
	}

	private static @Nullable Listing reranked(Map<String, @Nullable Object> attributes) {
		return Stream.of("gen_ai.rerank.output_documents", "gen_ai.rerank.results", "gen_ai.rerank.scores")
			.map((key) -> Documents.at(attributes, key))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	// A span of a database or an HTTP client may carry a gen_ai attribute of its caller;
	// without an operation only a model or a list of documents makes it a decision.
	private static @Nullable String operation(Span span, Map<String, @Nullable Object> attributes) {
		String named = text(attributes, "gen_ai.operation.name");
		if (named != null) {
			return named.toLowerCase(Locale.ROOT);
		}
		if (attributes.keySet().stream().anyMatch((key) -> key.startsWith("gen_ai.rerank."))) {
			return "rerank";
		}
		if (attributes.keySet().stream().anyMatch((key) -> key.startsWith("gen_ai.retrieval."))) {
			return "retrieval";
		}
		return attributes.containsKey("gen_ai.request.model") ? "chat" : null;
	}

	private static @Nullable String first(Map<String, @Nullable Object> attributes, String... keys) {
		return Arrays.stream(keys)
			.map(attributes::get)
			.filter((value) -> value != null && !value.equals(""))
			.map(String::valueOf)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable Long counted(Map<String, @Nullable Object> attributes, String... keys) {
		return Arrays.stream(keys)
			.map((key) -> count(attributes, key))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable Long count(Map<String, @Nullable Object> attributes, String key) {
		Double number = number(attributes, key);
		return (number != null && number >= 0 && number <= 1e15) ? number.longValue() : null;
	}

	private static @Nullable Double number(Map<String, @Nullable Object> attributes, String key) {
		return (attributes.get(key) instanceof Number number && Double.isFinite(number.doubleValue()))
				? number.doubleValue() : null;
	}

	private static @Nullable String text(Map<String, @Nullable Object> attributes, String key) {
		return (attributes.get(key) instanceof String text && !text.isBlank()) ? text : null;
	}

}
