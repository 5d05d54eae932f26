package dev.whence.instrumenter.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import dev.whence.instrumenter.language.Confidence;
import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import dev.whence.instrumenter.manifest.InstrumentMode;
import dev.whence.instrumenter.manifest.InstrumentOptions;
import dev.whence.instrumenter.manifest.InstrumentOptions.AgentImages;
import org.jspecify.annotations.Nullable;

/**
 * The arguments, understood.
 *
 * @param server base address of a running server, or null to work offline
 */
record CommandLine(List<Path> paths, Action action, InstrumentOptions options, @Nullable String server) {

	static final String USAGE = """
			usage: instrument PATH... [--check | --diff | --write] [options]
			  PATH                 a manifest, or a folder to search for .yaml, .yml and .json
			  --check              change nothing; exit 1 if something would change
			  --diff               print what would change (the default)
			  --write              change the files
			  --mode MODE          operator (default), operator-free, lint, remove
			  --language LANGUAGE  for every container that nothing else decides
			  --min-confidence C   medium or high (default)
			  --instrumentation R  true (default), or an Instrumentation as name or namespace/name
			  --endpoint URL       where agents send in operator-free mode
			  --server URL         ask a running server instead of working offline
			""";

	/** What to do with what comes out. */
	enum Action {

		CHECK, DIFF, WRITE

	}

	/** Reads arguments; complains in one sentence. */
	static CommandLine parse(String... args) {
		List<Path> paths = new ArrayList<>();
		Action action = Action.DIFF;
		InstrumentMode mode = InstrumentMode.OPERATOR;
		Language language = null;
		Confidence confidence = Confidence.HIGH;
		String instrumentation = "true";
		String endpoint = InstrumentOptions.DEFAULT_ENDPOINT;
		String server = null;
		for (Iterator<String> rest = List.of(args).iterator(); rest.hasNext();) {
			String arg = rest.next();
			switch (arg) {
				case "--check" -> action = Action.CHECK;
				case "--diff" -> action = Action.DIFF;
				case "--write" -> action = Action.WRITE;
				case "--mode" -> mode = InstrumentMode.parse(value(arg, rest)).orElseThrow(() -> bad(arg));
				case "--language" -> language = Language.parse(value(arg, rest)).orElseThrow(() -> bad(arg));
				case "--min-confidence" -> confidence = Confidence.parse(value(arg, rest)).orElseThrow(() -> bad(arg));
				case "--instrumentation" -> instrumentation = value(arg, rest);
				case "--endpoint" -> endpoint = value(arg, rest);
				case "--server" -> server = value(arg, rest);
				default -> {
					if (arg.startsWith("--")) {
						throw new IllegalArgumentException("unknown option " + arg);
					}
					paths.add(Path.of(arg));
				}
			}
		}
		if (paths.isEmpty()) {
			throw new IllegalArgumentException("no path given");
		}
		if (server != null && !server.matches("https?://[^\\s?#]+")) {
			throw new IllegalArgumentException("--server needs an http or https address");
		}
		return new CommandLine(paths, action, new InstrumentOptions(mode, new LanguageDetector(List.of(), language),
				instrumentation, confidence, Set.of(), endpoint, AgentImages.DEFAULT), server);
	}

	private static String value(String option, Iterator<String> rest) {
		if (!rest.hasNext()) {
			throw new IllegalArgumentException(option + " needs a value");
		}
		return rest.next();
	}

	private static IllegalArgumentException bad(String option) {
		return new IllegalArgumentException(option + " does not know that value");
	}

}
