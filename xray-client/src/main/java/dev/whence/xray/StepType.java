package dev.whence.xray;

import java.util.Locale;

/**
 * What kind of work a step does. The funnel counts candidates of filters and retrievals.
 */
public enum StepType {

	LLM, RETRIEVAL, FILTER, LOGIC;

	String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
