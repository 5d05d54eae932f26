package dev.whence.control.image.containerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A shell script of several lines as one instruction. The usual way joins its commands by
 * semicolons, which {@code case}, here-documents and lines that end in an operator do not
 * survive; the other way hands the script over whole, in a here-document of the
 * Containerfile.
 *
 * @param options the command that makes the shell stop at errors
 */
record ShellScript(List<String> lines, String options) {

	/** Behind these a command has not begun yet, so that no semicolon may follow. */
	private static final Set<String> OPENERS = Set.of("if", "then", "elif", "else", "do", "case");

	/** What may stand before one of the openers, so that it is one. */
	private static final Set<String> BEFORE_OPENERS = Set.of("then", "do", "else", "elif", "if", "while", "until", "!",
			"{", "(", "&&", "||", "|");

	/** Lines that end so go on, or are over already. */
	private static final List<String> NO_SEMICOLON_BEHIND = List.of(";", "&", "|", "{", "(");

	private static final String HERE_DOCUMENT = "<<";

	private static final String INDENT = "    ";

	static ShellScript of(List<String> scripts, String options) {
		return new ShellScript(scripts.stream().flatMap((script) -> Stream.of(script.split("\n", -1))).toList(),
				options);
	}

	/** Commands in a row, as they have always been rendered. */
	List<String> joined() {
		List<String> stripped = stripped();
		if (stripped.isEmpty()) {
			return List.of();
		}
		List<String> out = new ArrayList<>();
		out.add("RUN " + this.options + "; \\");
		boolean verbatim = false;
		for (int i = 0; i < stripped.size(); i++) {
			String line = stripped.get(i);
			if (verbatim) {
				out.add(INDENT + line);
				verbatim = !line.equals("EOF");
			}
			else if (line.contains(HERE_DOCUMENT)) {
				out.add(INDENT + line);
				verbatim = true;
			}
			else if (isComment(line) || line.endsWith("\\") || !hasCommandBehind(stripped, i)) {
				out.add(INDENT + line);
			}
			else {
				out.add(INDENT + line + (OPENERS.contains(lastWord(line)) ? " \\" : "; \\"));
			}
		}
		return out;
	}

	/** Whether the shell, or the builder, stumbles over what {@link #joined()} gives. */
	boolean isBrokenWhenJoined() {
		List<String> stripped = stripped();
		List<String> commands = stripped.stream().filter((line) -> !isComment(line)).toList();
		if (commands.isEmpty()) {
			return !stripped.isEmpty();
		}
		return commands.stream().anyMatch((line) -> line.contains(HERE_DOCUMENT))
				|| commands.subList(0, commands.size() - 1).stream().anyMatch(ShellScript::sufferFromSemicolon)
				|| commands.getLast().endsWith("\\");
	}

	/** The same of a single line. */
	boolean isBrokenAlone() {
		String line = this.lines.getFirst();
		return line.endsWith("\\") || line.replace("<<<", "").contains(HERE_DOCUMENT);
	}

	private static boolean sufferFromSemicolon(String line) {
		if (line.endsWith("\\")) {
			return false;
		}
		String last = lastWord(line);
		if (OPENERS.contains(last)) {
			String before = line.substring(0, line.length() - last.length()).strip();
			return !before.isEmpty() && !before.endsWith(";") && !BEFORE_OPENERS.contains(lastWord(before));
		}
		return last.equals("in") || NO_SEMICOLON_BEHIND.stream().anyMatch(line::endsWith);
	}

	/** The script as it was written, in a here-document whose end it does not contain. */
	List<String> whole() {
		if (stripped().stream().allMatch(ShellScript::isComment)) {
			return stripped();
		}
		String end = "WHENCE_SCRIPT";
		while (this.lines.stream().map(String::strip).anyMatch(end::equals)) {
			end += "_";
		}
		List<String> out = new ArrayList<>();
		out.add("RUN <<'" + end + "'");
		out.add(this.options);
		out.addAll(this.lines.stream().map(String::stripTrailing).toList());
		while (out.getLast().isEmpty()) {
			out.removeLast();
		}
		out.add(end);
		return out;
	}

	private List<String> stripped() {
		return this.lines.stream().map(String::strip).filter((line) -> !line.isEmpty()).toList();
	}

	private static boolean hasCommandBehind(List<String> lines, int index) {
		return lines.subList(index + 1, lines.size()).stream().anyMatch((line) -> !isComment(line));
	}

	private static boolean isComment(String line) {
		return line.startsWith("#");
	}

	private static String lastWord(String line) {
		String[] words = line.split("\\s+");
		return words[words.length - 1];
	}

}
