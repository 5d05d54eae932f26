package dev.whence.instrumenter.manifest;

import org.jspecify.annotations.Nullable;

/**
 * One thing to know about a manifest. Carries places and names, never values.
 *
 * @param document counted from zero
 * @param line counted from one
 * @param workload kind and name, e.g. {@code Deployment/orders}
 * @param field the path that it is about
 */
public record Finding(String code, String severity, String message, String remedy, int document, int line,
		@Nullable String workload, @Nullable String container, @Nullable String field) {

	static Finding of(Rule rule, Workload workload, int line, @Nullable String container, @Nullable String field) {
		return new Finding(rule.code(), rule.severity().id(), rule.title(), rule.remedy(), workload.document().index(),
				line, workload.label(), container, field);
	}

	/** About a line of the text instead of a workload. */
	public static Finding of(Rule rule, int document, int line) {
		return new Finding(rule.code(), rule.severity().id(), rule.title(), rule.remedy(), document, line, null, null,
				null);
	}

	static Finding of(Rule rule, Workload workload) {
		return of(rule, workload, workload.line(), null, null);
	}

}
