package dev.whence.store.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the main sources that name a table of {@code signals}. */
final class TableMentions {

	// With the schema, or without it where no other word is spelled like that. A member
	// of
	// a Java object called "signals" is followed by a bracket and is no table.
	private static final Pattern TABLE = Pattern.compile(
			"""
					\\bsignals"?\\s*\\.\\s*"?(log_record|span|metric_point|problem|segment|segment_group|signal_key|outbox|rejected_record|rollup_\\w+|metric_series)(_default|_\\d{8,10})?\\b"?(?!\\s*\\()
					| \\b(log_record|metric_point|signal_key|rejected_record|rollup_(?:minute|span|edge|log|metric))(_default|_\\d{8,10})?\\b
					| \\b(from|into|update|join|table|truncate)\\s+"?(span|problem|outbox)"?\\s*(set|where|values|order|for|limit|\\(|;|"|$)
					""",
			Pattern.COMMENTS | Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

	private TableMentions() {
	}

	/** The modules of the repository: the folders beside each other that have a POM. */
	static List<Path> modules(Path repository) {
		try (Stream<Path> folders = Files.list(repository)) {
			return folders.filter((folder) -> Files.exists(folder.resolve("pom.xml"))).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The files below {@code src/main} that name a table, relative to the module. */
	static List<Path> in(Path module) {
		Path sources = module.resolve("src/main");
		if (!Files.isDirectory(sources)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(sources)) {
			return files.filter(Files::isRegularFile)
				.filter((file) -> TABLE.matcher(text(file)).find())
				.map(module::relativize)
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// One byte, one character: binary files are read like any other.
	private static String text(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
