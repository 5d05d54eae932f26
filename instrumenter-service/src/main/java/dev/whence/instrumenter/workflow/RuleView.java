package dev.whence.instrumenter.workflow;

import java.util.Arrays;
import java.util.List;

import dev.whence.instrumenter.manifest.Rule;

/** One rule as the API shows it. */
record RuleView(String code, String severity, String title, String remedy) {

	static List<RuleView> all() {
		return Arrays.stream(Rule.values())
			.map((rule) -> new RuleView(rule.code(), rule.severity().id(), rule.title(), rule.remedy()))
			.toList();
	}

}
