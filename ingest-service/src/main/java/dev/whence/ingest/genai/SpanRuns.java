package dev.whence.ingest.genai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.whence.ingest.genai.Documents.Document;
import dev.whence.ingest.intake.ContentId;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunEventType;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of runs out of spans. A trace is a run, a span that decides is a step; an
 * agent or a chain tells of the run as a whole, and where there are several, the one that
 * ends last is believed, which is the outermost. A trace without one is a run that is
 * called like its service.
 */
final class SpanRuns {

	/** Beyond it nothing costs anything; sums stay numbers. */
	private static final double MOST_COST = 1e15;

	private final Content content;

	private final Prices prices;

	SpanRuns(Content content, Prices prices) {
		this.content = content;
		this.prices = prices;
	}

	List<RunEvent> of(List<Span> spans) {
		List<RunEvent> events = new ArrayList<>();
		for (Span span : spans) {
			Dialects.read(span).ifPresent((decision) -> {
				if (decision.isRun()) {
					events.add(run(span, decision));
				}
				if (!decision.isRun() || span.parentSpanId() != null) {
					events.add(step(span, decision));
				}
			});
		}
		Set<UUID> told = new HashSet<>();
		events.stream().filter((event) -> event.type().isOfRun()).forEach((event) -> told.add(event.runId()));
		for (Span span : spans) {
			UUID run = runId(span.traceId());
			if (Dialects.read(span).isPresent() && told.add(run)) {
				events.add(seen(span));
			}
		}
		return events;
	}

	private RunEvent run(Span span, Decision decision) {
		Map<String, @Nullable Object> data = times(span);
		data.put("name", (decision.name() != null) ? decision.name() : span.name());
		data.put("tags", tags(span, decision.dialect()));
		if (decision.cost() != null && Math.abs(decision.cost()) <= MOST_COST) {
			data.put("total_cost", decision.cost());
		}
		if (span.failed()) {
			data.put("error", error(span));
		}
		RunEventType type = span.failed() ? RunEventType.RUN_FAILED : RunEventType.RUN_COMPLETE;
		UUID run = runId(span.traceId());
		return new RunEvent(run, run, type, type.wireName(), data);
	}

	private RunEvent seen(Span span) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("name", span.serviceName());
		data.put("status", "completed");
		data.put("started_at", span.timestamp().toString());
		data.put("trace_id", span.traceId().value());
		data.put("step", span.spanId());
		data.put("tags", tags(span, "opentelemetry"));
		UUID run = runId(span.traceId());
		return new RunEvent(run, run, RunEventType.RUN_SEEN, RunEventType.RUN_SEEN.wireName(), data);
	}

	private RunEvent step(Span span, Decision decision) {
		Map<String, @Nullable Object> data = times(span);
		data.put("name", (decision.name() != null) ? decision.name() : span.name());
		data.put("type", decision.type());
		data.put("span_id", span.spanId());
		data.put("inputs", inputs(decision));
		data.put("outputs", outputs(decision));
		data.put("metadata", metadata(decision, data));
		if (span.failed()) {
			data.put("error", error(span));
		}
		RunEventType type = span.failed() ? RunEventType.STEP_FAILED : RunEventType.STEP_COMPLETE;
		return new RunEvent(runId(span.traceId()), stepId(span), type, type.wireName(), data);
	}

	private Map<String, @Nullable Object> inputs(Decision decision) {
		Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
		put(inputs, "candidate_count", given(decision));
		put(inputs, "top_k", decision.topK());
		put(inputs, "text", this.content.text(decision.input()));
		return inputs;
	}

	private Map<String, @Nullable Object> outputs(Decision decision) {
		Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
		boolean filter = decision.type().equals("filter");
		put(outputs, filter ? "survivor_count" : "count", left(decision));
		if (decision.left() != null) {
			outputs.put(filter ? "survivors" : "items",
					decision.left().documents().stream().filter((one) -> one.id() != null).map(this::shown).toList());
		}
		put(outputs, "text", this.content.text(decision.output()));
		return outputs;
	}

	private Map<String, @Nullable Object> metadata(Decision decision, Map<String, @Nullable Object> data) {
		Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
		metadata.put("dialect", decision.dialect());
		put(metadata, "model", decision.model());
		if (decision.inputTokens() != null || decision.outputTokens() != null) {
			metadata.put("token_usage",
					Map.of("prompt", orNone(decision.inputTokens()), "completion", orNone(decision.outputTokens())));
		}
		cost(decision, metadata, data);
		Long given = given(decision);
		Long left = left(decision);
		if (decision.type().equals("filter")) {
			put(metadata, "total_count", given);
			put(metadata, "survivor_count", left);
		}
		Documents.Listing all = decision.given();
		Documents.Listing kept = decision.left();
		// Without names nobody knows which of them were kept.
		if (all != null && kept != null && all.isNamed() && kept.isNamed()) {
			metadata.put("candidates", candidates(all.documents(), kept.documents()));
			if (all.count() > all.documents().size() || kept.count() > kept.documents().size()) {
				metadata.put("candidates_sampled", true);
			}
		}
		return metadata;
	}

	private void cost(Decision decision, Map<String, @Nullable Object> metadata, Map<String, @Nullable Object> data) {
		if (decision.isRun()) {
			// What it says comes from the steps below it, which say it themselves.
			return;
		}
		if (decision.cost() != null && Math.abs(decision.cost()) <= MOST_COST) {
			data.put("cost", decision.cost());
			return;
		}
		if (decision.model() == null || (decision.inputTokens() == null && decision.outputTokens() == null)) {
			return;
		}
		this.prices.cost(decision.model(), orNone(decision.inputTokens()), orNone(decision.outputTokens()))
			.ifPresentOrElse((cost) -> {
				data.put("cost", cost);
				metadata.put("prices_as_of", this.prices.asOf());
			}, () -> metadata.put("price_unknown", decision.model()));
	}

	private List<Map<String, @Nullable Object>> candidates(List<Document> given, List<Document> left) {
		Map<String, Integer> ranks = new LinkedHashMap<>();
		Map<String, @Nullable Double> scores = new LinkedHashMap<>();
		for (Document document : left) {
			ranks.putIfAbsent(name(document), ranks.size() + 1);
			scores.putIfAbsent(name(document), document.score());
		}
		List<Map<String, @Nullable Object>> candidates = new ArrayList<>(given.size());
		for (int i = 0; i < given.size(); i++) {
			Document document = given.get(i);
			boolean selected = ranks.containsKey(name(document));
			Map<String, @Nullable Object> candidate = new LinkedHashMap<>();
			candidate.put("id", this.content.id(name(document)));
			candidate.put("selected", selected);
			candidate.put("rank", selected ? ranks.get(name(document)) : i + 1);
			Double score = selected ? scores.get(name(document)) : document.score();
			put(candidate, "score", (score != null) ? score : document.score());
			candidates.add(candidate);
		}
		return candidates;
	}

	private Map<String, @Nullable Object> shown(Document document) {
		Map<String, @Nullable Object> shown = new LinkedHashMap<>();
		shown.put("id", this.content.id(name(document)));
		put(shown, "score", document.score());
		return shown;
	}

	private @Nullable String error(Span span) {
		String message = this.content.text(span.statusMessage());
		return (message != null) ? message : span.status();
	}

	private static String name(Document document) {
		return Objects.requireNonNullElse(document.id(), "");
	}

	private static Map<String, @Nullable Object> times(Span span) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("started_at", span.timestamp().toString());
		data.put("completed_at", span.endTime().toString());
		data.put("trace_id", span.traceId().value());
		return data;
	}

	private static Map<String, @Nullable Object> tags(Span span, String dialect) {
		Map<String, @Nullable Object> tags = new LinkedHashMap<>();
		tags.put("service", span.serviceName());
		if (span.resource().get("service.version") instanceof String version) {
			tags.put("version", version);
		}
		tags.put("source", dialect);
		return tags;
	}

	private static @Nullable Long given(Decision decision) {
		return (decision.given() != null) ? Long.valueOf(decision.given().count()) : decision.givenCount();
	}

	private static @Nullable Long left(Decision decision) {
		return (decision.left() != null) ? Long.valueOf(decision.left().count()) : decision.leftCount();
	}

	private static long orNone(@Nullable Long count) {
		return (count != null) ? count : 0;
	}

	private static void put(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
		if (value != null) {
			map.put(key, value);
		}
	}

	/** OpenTelemetry's trace ids have the bits of a UUID. */
	static UUID runId(TraceId trace) {
		String id = trace.value();
		if (id.matches("[0-9a-f]{32}")) {
			return new UUID(Long.parseUnsignedLong(id, 0, 16, 16), Long.parseUnsignedLong(id, 16, 32, 16));
		}
		return ContentId.of("run of trace".getBytes(StandardCharsets.US_ASCII), id.getBytes(StandardCharsets.UTF_8))
			.id();
	}

	private static UUID stepId(Span span) {
		return ContentId.of("step of span".getBytes(StandardCharsets.US_ASCII),
				span.traceId().value().getBytes(StandardCharsets.UTF_8), span.spanId().getBytes(StandardCharsets.UTF_8))
			.id();
	}

}
