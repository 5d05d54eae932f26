package dev.whence.analysis.evidence;

/**
 * A log statement that alerted.
 *
 * @param entity who wrote it
 * @param text what of it does not vary
 */
public record AlertedStatement(String entity, String text) {
}
