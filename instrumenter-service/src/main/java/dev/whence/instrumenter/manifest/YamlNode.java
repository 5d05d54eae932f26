package dev.whence.instrumenter.manifest;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * A node of a parsed document that remembers where in the text it stands. Offsets are
 * UTF-16 indexes into the text that was parsed; lines and columns start at zero. Aliases
 * stay aliases: nothing is ever expanded.
 */
sealed interface YamlNode {

	Span at();

	/** The anchor that names this node, or null. */
	@Nullable String anchor();

	/**
	 * Where the last character of the node ends; for block collections their last child's
	 * end.
	 */
	default int lastOffset() {
		return at().end();
	}

	/**
	 * A stretch of text.
	 *
	 * @param start first character, properties (anchor, tag) included
	 * @param end one past the last character; only meaningful for scalars, aliases and
	 * flow collections
	 */
	record Span(int start, int end, int line, int column) {
	}

	/** A scalar; its value is decoded, its span is the token. */
	record Scalar(Span at, @Nullable String anchor, @Nullable String tag, String value,
			ScalarStyle style) implements YamlNode {

		boolean plain() {
			return this.style == ScalarStyle.PLAIN;
		}

		/** The same scalar at another place. */
		Scalar moved(Span to) {
			return new Scalar(to, this.anchor, this.tag, this.value, this.style);
		}

		/** Whether this is YAML's null, written or left out. */
		boolean isNull() {
			return plain() && this.tag == null && switch (this.value) {
				case "", "~", "null", "Null", "NULL" -> true;
				default -> false;
			};
		}

		/** Whether a YAML 1.1 reader, as Kubernetes has one, takes this for a string. */
		boolean isString() {
			if (!plain() || "tag:yaml.org,2002:str".equals(this.tag) || "!".equals(this.tag)) {
				return true;
			}
			return this.tag == null && !PlainScalars.isTyped(this.value);
		}

	}

	/** One key with its value. */
	record Entry(YamlNode key, YamlNode value) {

		@Nullable String name() {
			return (this.key instanceof Scalar scalar) ? scalar.value() : null;
		}

		/** The value where it is a scalar, otherwise empty. */
		String text() {
			return (this.value instanceof Scalar scalar) ? scalar.value() : "";
		}

	}

	/** A mapping, keys in their order, duplicates included. */
	record Mapping(Span at, @Nullable String anchor, boolean tagged, boolean flow,
			List<Entry> entries) implements YamlNode {

		/** The first entry of that key, or null. */
		@Nullable Entry find(String key) {
			for (Entry entry : this.entries) {
				if (entry.key() instanceof Scalar scalar && scalar.value().equals(key)) {
					return entry;
				}
			}
			return null;
		}

		int count(String key) {
			int count = 0;
			for (Entry entry : this.entries) {
				if (entry.key() instanceof Scalar scalar && scalar.value().equals(key)) {
					count++;
				}
			}
			return count;
		}

		/**
		 * The value of the first entry of that key if it is a scalar that is not null.
		 */
		@Nullable String text(String key) {
			Entry entry = find(key);
			return (entry != null && entry.value() instanceof Scalar scalar && !scalar.isNull()) ? scalar.value()
					: null;
		}

		@Override
		public int lastOffset() {
			if (this.flow || this.entries.isEmpty()) {
				return this.at.end();
			}
			Entry last = this.entries.getLast();
			return Math.max(last.key().lastOffset(), last.value().lastOffset());
		}

	}

	/** A sequence. */
	record Sequence(Span at, @Nullable String anchor, boolean tagged, boolean flow,
			List<YamlNode> items) implements YamlNode {

		@Override
		public int lastOffset() {
			return (this.flow || this.items.isEmpty()) ? this.at.end() : this.items.getLast().lastOffset();
		}

	}

	/** A reference to an anchored node. */
	record Alias(Span at, String target) implements YamlNode {

		@Override
		public @Nullable String anchor() {
			return null;
		}

	}

}
