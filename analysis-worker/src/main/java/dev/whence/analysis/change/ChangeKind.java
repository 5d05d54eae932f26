package dev.whence.analysis.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of change. */
public enum ChangeKind {

	DEPLOY, BUILD, COMMIT, CONFIG, OTHER;

	/** How the API and the database spell it. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	static Optional<ChangeKind> named(String text) {
		return Arrays.stream(values()).filter((kind) -> kind.name().equalsIgnoreCase(text)).findFirst();
	}

}
