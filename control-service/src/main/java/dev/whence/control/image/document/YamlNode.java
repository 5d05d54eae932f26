package dev.whence.control.image.document;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** What the parser's events describe, before anybody asks what the scalars mean. */
sealed interface YamlNode {

	/** Where it begins. */
	Mark start();

	/** The full tag if one was written. */
	@Nullable String tag();

	/** How many values it is with all that aliases repeat. */
	int weight();

	record Scalar(Mark start, @Nullable String tag, String value, boolean plain) implements YamlNode {

		/** Of long texts there may be fewer. */
		private static final int CHARACTERS = 64;

		@Override
		public int weight() {
			return 1 + this.value.length() / CHARACTERS;
		}

	}

	record Items(Mark start, @Nullable String tag, List<YamlNode> items, int weight) implements YamlNode {
	}

	record Pairs(Mark start, @Nullable String tag, List<Pair> pairs, int weight) implements YamlNode {
	}

	record Pair(YamlNode key, YamlNode value) {
	}

}
