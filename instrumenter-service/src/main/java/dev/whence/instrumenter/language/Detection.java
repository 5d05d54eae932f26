package dev.whence.instrumenter.language;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The answer for one container.
 *
 * @param language null if nothing spoke, or if what spoke disagrees
 * @param conflict whether it is null because of a disagreement
 */
public record Detection(@Nullable Language language, Confidence confidence, boolean conflict, List<Evidence> evidence) {

	static final Detection NOTHING = new Detection(null, Confidence.NONE, false, List.of());

	public static Detection of(Language language, Confidence confidence, Evidence... evidence) {
		return new Detection(language, confidence, false, List.of(evidence));
	}

	public static Detection conflict(List<Evidence> evidence) {
		return new Detection(null, Confidence.NONE, true, evidence);
	}

}
