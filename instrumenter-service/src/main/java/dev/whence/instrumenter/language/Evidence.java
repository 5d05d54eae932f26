package dev.whence.instrumenter.language;

import org.jspecify.annotations.Nullable;

/**
 * One rule that spoke. Names the field, never what stands in it.
 *
 * @param rule a rule's code, e.g. {@code C1}
 * @param language what the rule says
 * @param field the path inside the container, e.g. {@code env[3].name}
 * @param line counted from one
 */
public record Evidence(String rule, @Nullable Language language, String field, int line) {
}
