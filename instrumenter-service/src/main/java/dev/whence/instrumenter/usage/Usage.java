package dev.whence.instrumenter.usage;

import java.time.Duration;
import java.util.Map;

/**
 * One use, as counted.
 *
 * @param languages containers injected into, by language
 * @param findings how often, by code
 * @param characters the manifest's length
 */
public record Usage(String clientRepo, String deploymentName, boolean changesMade, String mode,
		Map<String, Integer> languages, Map<String, Integer> findings, int characters, Duration duration) {

	private static final int LONGEST = 200;

	public Usage {
		clientRepo = harmless(clientRepo);
		deploymentName = harmless(deploymentName);
	}

	/**
	 * Names come from strangers: cut, and without what PostgreSQL or a terminal cannot
	 * take.
	 */
	private static String harmless(String text) {
		StringBuilder out = new StringBuilder();
		text.codePoints()
			.limit(LONGEST)
			.map((ch) -> (Character.isISOControl(ch) || Character.getType(ch) == Character.SURROGATE) ? '\uFFFD' : ch)
			.forEach(out::appendCodePoint);
		return out.toString();
	}

}
