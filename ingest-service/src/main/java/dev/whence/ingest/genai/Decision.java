package dev.whence.ingest.genai;

import org.jspecify.annotations.Nullable;

/**
 * What a span says of a decision, whatever its dialect.
 *
 * @param type the type of the step: llm, retrieval, filter, agent, tool and others
 * @param dialect whose words the span uses
 * @param name what it calls itself, if not by its span's name
 * @param given documents that it was given; null when it does not say
 * @param left documents that it found or left; null when it does not say
 * @param givenCount how many it was given, where only that is said
 * @param leftCount how many it left, where only that is said
 * @param topK how many were wanted
 * @param input a text that it was given
 * @param output a text that it gave
 */
record Decision(String type, String dialect, @Nullable String name, Documents.@Nullable Listing given,
		Documents.@Nullable Listing left, @Nullable Long givenCount, @Nullable Long leftCount, @Nullable Long topK,
		@Nullable String model, @Nullable Long inputTokens, @Nullable Long outputTokens, @Nullable Double cost,
		@Nullable String input, @Nullable String output) {

	Decision {
		left = (left != null) ? left.resolved(given) : null;
	}

	/** What stands for the run as a whole where nothing is above it. */
	boolean isRun() {
		return this.type.equals("agent") || this.type.equals("chain");
	}

}
