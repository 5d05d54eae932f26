package dev.whence.analysis.grouping;

import java.util.Map;

/**
 * Why something belongs to its group.
 *
 * @param rule {@code first}, {@code same-problem}, {@code same-service},
 * {@code call-path}, {@code time}, {@code refire} or {@code manual}
 * @param matched what matched, by field
 * @param sentence both for a person
 */
public record Reason(String rule, Map<String, String> matched, String sentence) {
}
