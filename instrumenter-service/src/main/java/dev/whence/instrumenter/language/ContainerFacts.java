package dev.whence.instrumenter.language;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a manifest says about one container.
 *
 * @param name empty if it has none
 * @param command the words of command and args, in this order
 * @param environment names of variables
 */
public record ContainerFacts(String name, @Nullable Fact image, List<Fact> command, List<Fact> environment) {

	/**
	 * A text and where it stands.
	 *
	 * @param field the path inside the container
	 * @param line counted from one
	 */
	public record Fact(String value, String field, int line) {
	}

}
