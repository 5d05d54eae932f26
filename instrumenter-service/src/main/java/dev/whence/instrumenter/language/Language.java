package dev.whence.instrumenter.language;

import java.util.Locale;
import java.util.Optional;

/** What a container may run, as far as instrumentation cares. */
public enum Language {

	JAVA("java"), NODEJS("nodejs"), PYTHON("python"), DOTNET("dotnet"), GO("go");

	private final String id;

	Language(String id) {
		this.id = id;
	}

	/** The name in annotations and in the API. */
	public String id() {
		return this.id;
	}

	/**
	 * Whether an agent can be put beside the program; Go needs a privileged process
	 * instead.
	 */
	public boolean hasAgent() {
		return this != GO;
	}

	/** Reads a name, generously: {@code node} and {@code .net} are understood. */
	public static Optional<Language> parse(String name) {
		return switch (name.strip().toLowerCase(Locale.ROOT)) {
			case "java", "jvm", "kotlin", "scala" -> Optional.of(JAVA);
			case "nodejs", "node", "node.js", "javascript", "typescript" -> Optional.of(NODEJS);
			case "python" -> Optional.of(PYTHON);
			case "dotnet", ".net", "csharp" -> Optional.of(DOTNET);
			case "go", "golang" -> Optional.of(GO);
			default -> Optional.empty();
		};
	}

}
