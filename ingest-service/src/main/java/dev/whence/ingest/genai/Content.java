package dev.whence.ingest.genai;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import dev.whence.model.Sha256;
import dev.whence.model.Span;
import org.jspecify.annotations.Nullable;

/** What is kept of texts and of the ids of documents. */
enum Content {

	/** Ids as they are, and the beginning of texts. */
	KEPT {

		@Override
		String id(String id) {
			return id;
		}

		@Override
		@Nullable String text(@Nullable String text) {
			return (text != null && text.length() > LONGEST) ? text.substring(0, LONGEST) + "…" : text;
		}

		@Override
		Span span(Span span) {
			return span;
		}

	},

	/** Ids as hashes, so that they can still be compared; no texts. */
	FREE {

		@Override
		String id(String id) {
			byte[] digest = Sha256.of(id);
			return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
		}

		@Override
		@Nullable String text(@Nullable String text) {
			return null;
		}

		@Override
		Span span(Span span) {
			Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
			span.attributes().forEach((key, value) -> {
				if (HARMLESS.matcher(key).matches()) {
					attributes.put(key, value);
				}
			});
			// Messages come as events, too.
			return new Span(span.signalId(), span.traceId(), span.spanId(), span.parentSpanId(), span.serviceName(),
					span.name(), span.kind(), span.timestamp(), span.duration(), span.status(), null, attributes,
					span.resource(), Map.of());
		}

	};

	/** Of a text that a step keeps; the span has all of it. */
	private static final int LONGEST = 4_096;

	private static final int HASH_BYTES = 8;

	/** Keys of attributes that hold neither what people or models said nor documents. */
	private static final Pattern HARMLESS = Pattern
		.compile("gen_ai\\.(operation\\.name|system|provider\\.name|token\\.type"
				+ "|output\\.type|usage\\..+|request\\.(model|top_k|top_p|temperature|max_tokens|choice\\.count|seed)"
				+ "|response\\.(model|id|finish_reasons)|agent\\.(id|name)|tool\\.(name|type)|workflow\\.name|conversation\\.id"
				+ "|rerank\\.(candidate\\.count|documents\\.count|input_count|output_count|top_n|model)"
				+ "|retrieval\\.(top_k|results_count|documents\\.count))"
				+ "|openinference\\.span\\.kind|llm\\.(model_name|provider|system|token_count\\..+|cost\\..+)"
				+ "|reranker\\.(model_name|top_k)|embedding\\.model_name|(tool|agent)\\.name|retrieval\\.top_k"
				+ "|error\\.type|http\\.(route|request\\.method|method|response\\.status_code|status_code)"
				+ "|(server|client|network|rpc|service|deployment|thread|k8s|host)\\..+");

	abstract String id(String id);

	abstract @Nullable String text(@Nullable String text);

	/** The span as it may be stored. */
	abstract Span span(Span span);

}
