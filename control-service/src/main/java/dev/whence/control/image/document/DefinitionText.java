package dev.whence.control.image.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.control.image.document.YamlNode.Items;
import dev.whence.control.image.document.YamlNode.Pair;
import dev.whence.control.image.document.YamlNode.Pairs;
import dev.whence.control.image.document.YamlNode.Scalar;
import dev.whence.control.image.document.YamlValue.Bool;
import dev.whence.control.image.document.YamlValue.Entry;
import dev.whence.control.image.document.YamlValue.Int;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.document.YamlValue.Null;
import dev.whence.control.image.document.YamlValue.Real;
import dev.whence.control.image.document.YamlValue.Sequence;
import dev.whence.control.image.document.YamlValue.Text;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Reads the text of a definition: one YAML document, safe tags alone. The values are
 * those of PyYAML's {@code safe_load}: merge keys are merged, of a key that is there
 * twice the last value counts, in the place of the first.
 */
public final class DefinitionText {

	private DefinitionText() {
	}

	/**
	 * The value of the text; {@link Null} of a text without a document.
	 * @throws DocumentException if it is no YAML, has a second document, an unknown tag,
	 * or passes a limit
	 */
	public static YamlValue read(String text, DocumentLimits limits) {
		if (text.length() > limits.maxCharacters()) {
			throw new DocumentException("the text is longer than %d characters".formatted(limits.maxCharacters()),
					"The text is longer than %d characters".formatted(limits.maxCharacters()), Place.START);
		}
		String whole = withoutMark(text);
		refuseForbidden(whole);
		YamlNode root = Composer.compose(whole, limits);
		return (root != null) ? value(root) : new Null(Place.START);
	}

	private static String withoutMark(String text) {
		return (!text.isEmpty() && text.charAt(0) == '\uFEFF') ? text.substring(1) : text;
	}

	private static void refuseForbidden(String text) {
		int position = 0;
		int line = 1;
		int column = 1;
		for (int i = 0; i < text.length();) {
			int point = text.codePointAt(i);
			if (!isAllowed(point)) {
				throw new DocumentException(
						"unacceptable character #x%04x: special characters are not allowed%n  in \"<unicode string>\", position %d"
							.formatted(point, position)
							.replace("\r\n", "\n"),
						"The character U+%04X is not allowed in YAML".formatted(point), new Place(line, column));
			}
			i += Character.charCount(point);
			position++;
			column = (point == '\n') ? 1 : column + 1;
			line += (point == '\n') ? 1 : 0;
		}
	}

	private static boolean isAllowed(int point) {
		return point == '\t' || point == '\n' || point == '\r' || point >= 0x20 && point <= 0x7E || point == 0x85
				|| point >= 0xA0 && point <= 0xD7FF || point >= 0xE000 && point <= 0xFFFD || point >= 0x10000;
	}

	private static YamlValue value(YamlNode node) {
		return switch (node) {
			case Scalar scalar -> scalar(scalar);
			case Items items -> items(items);
			case Pairs pairs -> pairs(pairs);
		};
	}

	private static YamlValue scalar(Scalar scalar) {
		String tag = Scalars.tag(scalar);
		YamlValue value = Scalars.value(scalar, tag, place(scalar.start()));
		if (value == null) {
			throw wrongTag(tag, scalar);
		}
		return value;
	}

	private static YamlValue items(Items items) {
		String tag = items.tag();
		if (tag != null && !tag.equals("!") && !tag.equals(Scalars.PREFIX + "seq")) {
			throw wrongTag(tag, items);
		}
		return new Sequence(items.items().stream().map(DefinitionText::value).toList(), place(items.start()));
	}

	private static YamlValue pairs(Pairs pairs) {
		String tag = pairs.tag();
		if (tag != null && !tag.equals("!") && !tag.equals(Scalars.PREFIX + "map")) {
			throw wrongTag(tag, pairs);
		}
		Map<Object, Entry> entries = new LinkedHashMap<>();
		for (Pair pair : merged(pairs)) {
			if (!(pair.key() instanceof Scalar keyNode)) {
				throw SyntaxErrors.between("while constructing a mapping", pairs.start(), "found unhashable key",
						pair.key().start());
			}
			YamlValue key = Scalars.tag(keyNode).equals(Scalars.VALUE)
					? new Text(keyNode.value(), place(keyNode.start())) : scalar(keyNode);
			YamlValue value = value(pair.value());
			entries.merge(identity(key), new Entry(key, value), (first, last) -> new Entry(first.key(), last.value()));
		}
		return new Mapping(new ArrayList<>(entries.values()), place(pairs.start()));
	}

	/** The pairs of the mapping behind those that its merge keys bring. */
	private static List<Pair> merged(Pairs pairs) {
		List<Pair> brought = new ArrayList<>();
		List<Pair> own = new ArrayList<>();
		for (Pair pair : pairs.pairs()) {
			if (pair.key() instanceof Scalar key && Scalars.tag(key).equals(Scalars.MERGE)) {
				brought.addAll(brought(pairs.start(), pair.value()));
			}
			else {
				own.add(pair);
			}
		}
		brought.addAll(own);
		return brought;
	}

	private static List<Pair> brought(Mark mapping, YamlNode source) {
		if (source instanceof Pairs single) {
			return merged(single);
		}
		if (!(source instanceof Items list)) {
			throw SyntaxErrors.between("while constructing a mapping", mapping,
					"expected a mapping or list of mappings for merging, but found " + id(source), source.start());
		}
		List<List<Pair>> parts = new ArrayList<>();
		for (YamlNode item : list.items()) {
			if (!(item instanceof Pairs part)) {
				throw SyntaxErrors.between("while constructing a mapping", mapping,
						"expected a mapping for merging, but found " + id(item), item.start());
			}
			parts.add(merged(part));
		}
		Collections.reverse(parts);
		return parts.stream().flatMap(List::stream).toList();
	}

	private static String id(YamlNode node) {
		return switch (node) {
			case Scalar _ -> "scalar";
			case Items _ -> "sequence";
			case Pairs _ -> "mapping";
		};
	}

	/** Keys that Python takes for one: 1, 1.0 and true. */
	private static Object identity(YamlValue key) {
		return switch (key) {
			case Bool bool -> BigInteger.valueOf(bool.value() ? 1 : 0);
			case Int number -> number.value();
			case Real real when Double.isFinite(real.value()) && real.value() == Math.rint(real.value()) ->
				new BigDecimal(real.value()).toBigInteger();
			default -> PythonText.repr(key);
		};
	}

	private static DocumentException wrongTag(String tag, YamlNode node) {
		String expected = switch (tag) {
			case Scalars.PREFIX + "map" -> "mapping";
			case Scalars.PREFIX + "seq" -> "sequence";
			default -> Scalars.isKnown(tag) ? "scalar" : "";
		};
		return SyntaxErrors.at(node.start(),
				expected.isEmpty() ? "could not determine a constructor for the tag " + PythonText.quoted(tag)
						: "expected a %s node, but found %s".formatted(expected, id(node)));
	}

	private static Place place(Mark mark) {
		return new Place(mark.getLine() + 1, mark.getColumn() + 1);
	}

}
