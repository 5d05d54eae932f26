package dev.whence.instrumenter.manifest;

import java.util.List;
import java.util.Map;

import dev.whence.instrumenter.manifest.Snippet.Fields;
import dev.whence.instrumenter.manifest.Snippet.Layout;
import dev.whence.instrumenter.manifest.Snippet.Style;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries and items into collections of any style so that nothing around them
 * moves. New entries always come first: behind a collection's last child there may be
 * comments, blank lines and block scalars whose end nobody can tell, before its first
 * there is none of that. Every insertion is undone by removing the same nodes again.
 */
final class Splicer {

	private final SourceText source;

	private final Layout layout;

	Splicer(SourceText source, Layout layout) {
		this.source = source;
		this.layout = layout;
	}

	/**
	 * Puts entries in front of a mapping's own.
	 * @param owner the entry whose value the mapping is, null for the root of a document
	 * or an item of a sequence
	 */
	Splice intoMapping(@Nullable Entry owner, Mapping mapping, Map<String, Snippet> entries) {
		if (mapping.flow()) {
			Style style = style(owner, mapping);
			int first = mapping.entries().isEmpty() ? -1 : mapping.entries().getFirst().key().at().start();
			if (style == Style.KYAML && first >= 0 && isIndentedBySpaces(first)
					&& this.source.lastVisible(mapping.at().start(), first) != '?') {
				String indent = indentOf(first);
				String lines = String.join(this.layout.eol(), Snippet.entryLines(entries, this.layout, indent));
				return Splice.insert(first, lines.substring(indent.length()) + this.layout.eol() + indent);
			}
			return intoFlow(mapping.at(), first, Snippet.flowEntries(entries, style));
		}
		Entry first = mapping.entries().getFirst();
		int column = first.key().at().column();
		String lines = Snippet.block(entries, this.layout, column);
		if (owner != null) {
			return belowOwner(owner, mapping, first.key(), lines);
		}
		if (this.source.lastVisibleOnLine(first.key().at().start()) == '?') {
			throw new UnsafeEditException(Rule.EXPLICIT_KEY, "the mapping opens with an explicit key");
		}
		// The root or an item: the first key may share its line with a dash, so the
		// place is behind the first entry if that is one line, else before the second.
		if (first.value() instanceof Scalar scalar && !isBlockScalar(scalar) && sameLine(first.key(), scalar)) {
			return this.source.below(first.key().at().start(), lines);
		}
		if (mapping.entries().size() < 2) {
			throw new UnsafeEditException("there is no safe place for a new key");
		}
		int next = mapping.entries().get(1).key().at().start();
		if (!this.source.opensLine(next)) {
			throw new UnsafeEditException("there is no safe place for a new key");
		}
		return Splice.insert(this.source.lineStart(next), lines + this.layout.eol());
	}

	/** Puts items in front of a sequence's own. */
	Splice intoSequence(Entry owner, Sequence sequence, List<? extends Snippet> items) {
		if (sequence.flow()) {
			Style style = style(owner, sequence);
			int first = sequence.items().isEmpty() ? -1 : sequence.items().getFirst().at().start();
			if (style == Style.KYAML && first >= 0) {
				// Brackets are cuddled: the items are as deep as the list's own line.
				String indent = indentOf(this.source.opensLine(first) ? first : owner.key().at().start());
				return intoFlow(sequence.at(), first,
						String.join(", ", items.stream().map((item) -> item.lines(this.layout, indent)).toList()));
			}
			return intoFlow(sequence.at(), first,
					String.join(", ", items.stream().map((item) -> item.flow(style)).toList()));
		}
		YamlNode first = sequence.items().getFirst();
		// Of an empty or propertied item only the sequence's own column is certain.
		int column = dashColumn(owner, sequence, first);
		return belowOwner(owner, sequence, first, Snippet.blockItems(items, this.layout, column));
	}

	/**
	 * Gives a key without a value one. A value that was left out in block style gets
	 * lines of its own, any other null is replaced on its line.
	 */
	Splice intoNull(Entry owner, Scalar none, boolean ownerInFlow, Snippet content) {
		if (none.anchor() != null) {
			throw new UnsafeEditException("the empty value is anchored");
		}
		Style style = ownerInFlow ? style(owner, null) : Style.YAML;
		if (!none.value().isEmpty()) {
			return new Splice(none.at().start(), none.at().end() - none.at().start(), content.flow(style));
		}
		int keyEnd = owner.key().at().end();
		int colon = this.source.text().indexOf(':', keyEnd);
		if (colon < 0 || !this.source.text().substring(keyEnd, colon).isBlank()
				|| this.source.text().substring(keyEnd, colon).indexOf('\n') >= 0) {
			throw new UnsafeEditException("the key has no colon");
		}
		if (ownerInFlow) {
			return Splice.insert(colon + 1, " " + content.flow(style));
		}
		int column = owner.key().at().column();
		String lines = (content instanceof Fields fields)
				? Snippet.block(fields.entries(), this.layout, column + this.layout.step())
				: Snippet.blockItems(((Snippet.Items) content).items(), this.layout, column + this.layout.dash());
		return this.source.below(colon, lines);
	}

	private Splice intoFlow(YamlNode.Span at, int firstChild, String entries) {
		if (firstChild < 0) {
			int open = openBracket(at);
			return Splice.insert(open + 1, entries);
		}
		char before = this.source.lastVisible(at.start(), firstChild);
		if (before == '?') {
			throw new UnsafeEditException(Rule.EXPLICIT_KEY, "the mapping opens with an explicit key");
		}
		if (this.source.opensLine(firstChild)) {
			String indent = this.source.text().substring(this.source.lineStart(firstChild), firstChild);
			if (indent.indexOf('\t') >= 0 && opensAlone(at)) {
				// A line of our own would be indented by tabs, which YAML forbids and
				// not every reader forgives.
				return Splice.insert(at.start() + 1, entries + ",");
			}
			return Splice.insert(firstChild, entries + "," + this.layout.eol() + indent);
		}
		return Splice.insert(firstChild, entries + ", ");
	}

	/** Whether the line ends behind the opening bracket. */
	private boolean opensAlone(YamlNode.Span at) {
		String text = this.source.text();
		return "{[".indexOf(text.charAt(at.start())) >= 0 && at.start() + 1 < text.length()
				&& "\r\n".indexOf(text.charAt(at.start() + 1)) >= 0;
	}

	/**
	 * The opening bracket of an empty collection, behind its anchor and tag if it has
	 * any.
	 */
	private int openBracket(YamlNode.Span at) {
		String text = this.source.text();
		int close = at.end() - 1;
		int open = Math.max(text.lastIndexOf('{', close), text.lastIndexOf('[', close));
		if (open < at.start()) {
			throw new UnsafeEditException("the empty collection cannot be found");
		}
		return open;
	}

	private Splice belowOwner(Entry owner, YamlNode collection, YamlNode firstChild, String lines) {
		int key = owner.key().at().start();
		if (owner.key().at().line() == firstChild.at().line()) {
			throw new UnsafeEditException("the value opens on its key's line");
		}
		if (collection.at().start() == firstContent(collection, firstChild)) {
			return this.source.below(owner.key().at().end(), lines);
		}
		// The value has an anchor or a tag, perhaps on a line of its own.
		int properties = collection.at().start();
		int end = this.source.lineEnd(properties);
		String between = this.source.text().substring(Math.min(end, firstChild.at().start()), firstChild.at().start());
		boolean clear = between.lines()
			.allMatch((line) -> line.isBlank() || line.stripLeading().startsWith("#") || line.stripLeading().equals("-")
					|| line.stripLeading().startsWith("- "));
		if (!clear || properties < key || end > firstChild.at().start()) {
			throw new UnsafeEditException("the value's anchor or tag leaves no safe place");
		}
		return this.source.below(properties, lines);
	}

	private static int firstContent(YamlNode collection, YamlNode firstChild) {
		boolean bare = collection.anchor() == null && switch (collection) {
			case Mapping mapping -> !mapping.tagged();
			case Sequence sequence -> !sequence.tagged();
			default -> true;
		};
		return bare ? collection.at().start() : firstChild.at().start();
	}

	private int dashColumn(Entry owner, Sequence sequence, YamlNode first) {
		if (sequence.anchor() == null && !sequence.tagged()) {
			return sequence.at().column();
		}
		int lineStart = this.source.lineStart(first.at().start());
		int dash = this.source.text().indexOf('-', lineStart);
		if (dash < 0 || dash >= first.at().start() || !this.source.opensLine(dash)) {
			throw new UnsafeEditException("the sequence's dashes cannot be found");
		}
		return Math.max(dash - lineStart, owner.key().at().column());
	}

	private Style style(@Nullable Entry owner, @Nullable YamlNode inside) {
		YamlNode key = (owner != null) ? owner.key() : null;
		if (inside instanceof Mapping mapping && !mapping.entries().isEmpty()) {
			key = mapping.entries().getFirst().key();
		}
		if (this.layout.kyaml()) {
			return Style.KYAML;
		}
		return (key != null && this.source.text().charAt(key.at().start()) == '"') ? Style.JSON : Style.YAML;
	}

	/** The white space that the line of an offset begins with. */
	private String indentOf(int offset) {
		int start = this.source.lineStart(offset);
		int end = start;
		while (end < offset && this.source.text().charAt(end) == ' ') {
			end++;
		}
		return this.source.text().substring(start, end);
	}

	private boolean isIndentedBySpaces(int offset) {
		return this.source.lineStart(offset) + indentOf(offset).length() == offset;
	}

	private static boolean isBlockScalar(Scalar scalar) {
		return switch (scalar.style()) {
			case LITERAL, FOLDED -> true;
			default -> false;
		};
	}

	private boolean sameLine(YamlNode key, Scalar value) {
		return this.source.lineStart(key.at().start()) == this.source
			.lineStart(Math.max(value.at().end() - 1, key.at().start()));
	}

}
