package dev.whence.instrumenter.manifest;

import dev.whence.instrumenter.manifest.YamlNode.Mapping;

/** What operator-free mode adds to environments and lists. */
final class Environment {

	private Environment() {
	}

	/** Whether an item of a list carries a name that only this mode gives. */
	static boolean isOurs(YamlNode item) {
		return item instanceof Mapping mapping && mapping.text("name") != null;
	}

	/** Whether one value is the other with an agent's part added. */
	static boolean extended(String before, String after) {
		return after.length() > before.length() && after.contains(before);
	}

}
