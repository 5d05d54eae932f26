package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;

import dev.whence.instrumenter.manifest.YamlNode.Alias;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Writes double-quoted scalars in single quotes wherever these can say the same; they
 * survive a shell's double quotes. Everything else stays.
 */
final class SingleQuotes {

	private final String text;

	/** Whether a scalar's value is what the text says: not so where it was masked. */
	private final boolean exact;

	private final List<Splice> splices = new ArrayList<>();

	private SingleQuotes(String text, boolean exact) {
		this.text = text;
		this.exact = exact;
	}

	static String in(Manifest manifest) {
		SingleQuotes quotes = new SingleQuotes(manifest.source().text(), manifest.helm().isEmpty());
		manifest.documents().forEach((document) -> quotes.visit(document.root()));
		return Splice.apply(quotes.text, quotes.splices);
	}

	private void visit(@Nullable YamlNode node) {
		switch (node) {
			case Scalar scalar -> requote(scalar);
			case Mapping mapping -> mapping.entries().forEach((entry) -> {
				visit(entry.key());
				visit(entry.value());
			});
			case Sequence sequence -> sequence.items().forEach(this::visit);
			case Alias alias -> {
			}
			case null -> {
			}
		}
	}

	private void requote(Scalar scalar) {
		if (scalar.style() != ScalarStyle.DOUBLE_QUOTED) {
			return;
		}
		int open = this.text.indexOf('"', scalar.at().start());
		int close = scalar.at().end() - 1;
		if (open < 0 || open >= close && !scalar.value().isEmpty() || close < open || this.text.charAt(close) != '"') {
			return;
		}
		String inside = this.text.substring(open + 1, close);
		if (inside.indexOf('\\') < 0 && inside.indexOf('"') < 0) {
			replace(open, close, inside);
		}
		else if (this.exact && scalar.value().codePoints().allMatch(SingleQuotes::fits)) {
			replace(open, close, scalar.value());
		}
	}

	private void replace(int open, int close, String inside) {
		this.splices.add(new Splice(open, close + 1 - open, "'" + inside.replace("'", "''") + "'"));
	}

	/** What single quotes can hold on one line, and a shell's double quotes too. */
	private static boolean fits(int c) {
		boolean control = (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
		return !control && c != '"' && c != 0xFEFF && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
	}

}
