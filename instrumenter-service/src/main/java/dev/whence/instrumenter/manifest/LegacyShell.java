package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * What becomes of a manifest in the original GitHub Action, which pastes it into a
 * script: {@code echo -e "…" > file}. Double quotes that can be are replaced, so that the
 * text means the same before and after the shell; what cannot be saved is reported, line
 * by line. Rules of the shell: Bash manual, "Double Quotes" and "echo".
 *
 * @param text what to answer with
 * @param losses what the shell will destroy in it
 */
public record LegacyShell(String text, List<Finding> losses) {

	/** Enough to act on; the thousandth line says nothing new. */
	private static final int MOST_PER_RULE = 20;

	/** What echo -e makes something else of. */
	private static final String ECHO_ESCAPES = "abceEfnrtv0";

	/** What a backslash takes its meaning from between a shell's double quotes. */
	private static final String SHELL_ESCAPES = "$`\"\\\n";

	/**
	 * What can follow a dollar sign to make it an expansion, beside letters and digits.
	 */
	private static final String EXPANDED = "_{([*@#?$!-";

	/**
	 * Prepares a text for the shell. A text that cannot be read, or not in time, stays as
	 * it is.
	 */
	public static LegacyShell prepare(String text, ManifestLimits limits) {
		boolean mark = text.startsWith("\uFEFF");
		String body = mark ? text.substring(1) : text;
		try {
			Manifest manifest = Manifest.read(body, limits, System.nanoTime() + limits.deadline().toNanos());
			String quoted = SingleQuotes.in(manifest);
			return new LegacyShell(mark ? '\uFEFF' + quoted : quoted, losses(quoted, endsInBlock(manifest)));
		}
		catch (ManifestRefusedException ex) {
			return new LegacyShell(text, losses(body, false));
		}
	}

	private static List<Finding> losses(String text, boolean endsInBlock) {
		Scan scan = new Scan(text);
		scan.run();
		if (endsInBlock && (!text.endsWith("\n") || text.endsWith("\n\n"))) {
			scan.found(Rule.LEGACY_ENDING);
		}
		return scan.findings;
	}

	private static boolean endsInBlock(Manifest manifest) {
		YamlNode last = manifest.documents().isEmpty() ? null : manifest.documents().getLast().root();
		for (YamlNode next = last; next != null; next = lastChild(next)) {
			last = next;
		}
		return last instanceof Scalar scalar
				&& (scalar.style() == ScalarStyle.LITERAL || scalar.style() == ScalarStyle.FOLDED);
	}

	private static @Nullable YamlNode lastChild(YamlNode node) {
		return switch (node) {
			case Mapping mapping when !mapping.entries().isEmpty() -> mapping.entries().getLast().value();
			case Sequence sequence when !sequence.items().isEmpty() -> sequence.items().getLast();
			default -> null;
		};
	}

	/** One pass over the text, with both layers in mind: the quotes, then echo. */
	private static final class Scan {

		private final String text;

		private final List<Finding> findings = new ArrayList<>();

		private final Map<Rule, Integer> counts = new EnumMap<>(Rule.class);

		private final Map<Rule, Integer> lastLine = new EnumMap<>(Rule.class);

		private int line = 1;

		private int document;

		private boolean content;

		Scan(String text) {
			this.text = text;
		}

		void run() {
			for (int at = 0; at < this.text.length(); at++) {
				if (at == 0 || this.text.charAt(at - 1) == '\n') {
					startLine(at);
				}
				switch (this.text.charAt(at)) {
					case '\n' -> this.line++;
					case '"' -> found(Rule.LEGACY_QUOTES);
					case '`' -> found(Rule.LEGACY_EXPANSION);
					case '$' -> {
						if (expands(next(at))) {
							found(Rule.LEGACY_EXPANSION);
						}
					}
					case '\\' -> {
						if (SHELL_ESCAPES.indexOf(next(at)) >= 0) {
							found(Rule.LEGACY_BACKSLASH);
							at += (next(at) != '\n') ? 1 : 0;
						}
						else if (interpreted(at + 1)) {
							found(Rule.LEGACY_BACKSLASH);
						}
					}
					default -> {
					}
				}
			}
		}

		private void startLine(int at) {
			boolean marker = this.text.startsWith("---", at)
					&& (at + 3 == this.text.length() || Character.isWhitespace(this.text.charAt(at + 3)));
			if (marker && this.content) {
				this.document++;
			}
			char first = this.text.charAt(at);
			this.content |= marker || (first != '#' && first != '%' && first != '\n' && first != '\r');
		}

		/** The character behind, or what the script has behind the text: a quote. */
		private char next(int at) {
			return (at + 1 < this.text.length()) ? this.text.charAt(at + 1) : '"';
		}

		private static boolean expands(char next) {
			return (next < 0x80 && Character.isLetterOrDigit(next)) || EXPANDED.indexOf(next) >= 0;
		}

		private boolean interpreted(int at) {
			char c = this.text.charAt(at);
			boolean number = c == 'x' || c == 'u' || c == 'U';
			return ECHO_ESCAPES.indexOf(c) >= 0 || (number && Character.digit(next(at), 16) >= 0);
		}

		void found(Rule rule) {
			if (this.lastLine.getOrDefault(rule, 0) != this.line
					&& this.counts.merge(rule, 1, Integer::sum) <= MOST_PER_RULE) {
				this.findings.add(Finding.of(rule, this.document, this.line));
			}
			this.lastLine.put(rule, this.line);
		}

	}

}
