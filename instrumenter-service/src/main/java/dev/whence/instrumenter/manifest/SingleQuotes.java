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
 * Writes double-quoted scalars without escapes in single quotes, which mean the same and
 * survive a shell's double quotes. Everything else stays.
 */
public final class SingleQuotes {

	private final String text;

	private final List<Splice> splices = new ArrayList<>();

	private SingleQuotes(String text) {
		this.text = text;
	}

	/**
	 * The text with single quotes wherever that is safe; the text itself if it cannot be
	 * read.
	 */
	public static String in(String text, ManifestLimits limits) {
		try {
			long deadline = System.nanoTime() + limits.deadline().toNanos();
			boolean mark = text.startsWith("\uFEFF");
			String body = mark ? text.substring(1) : text;
			Manifest manifest = Manifest.read(body, limits, deadline);
			SingleQuotes quotes = new SingleQuotes(body);
			manifest.documents().forEach((document) -> quotes.visit(document.root()));
			String quoted = Splice.apply(body, quotes.splices);
			return mark ? '\uFEFF' + quoted : quoted;
		}
		catch (ManifestRefusedException ex) {
			return text;
		}
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
			this.splices.add(new Splice(open, close + 1 - open, "'" + inside.replace("'", "''") + "'"));
		}
	}

}
