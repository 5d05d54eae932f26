package dev.whence.instrumenter.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.whence.instrumenter.language.Confidence;
import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import dev.whence.instrumenter.language.LanguageHint;
import dev.whence.instrumenter.manifest.InstrumentMode;
import dev.whence.instrumenter.manifest.InstrumentOptions;
import dev.whence.instrumenter.manifest.InstrumentOptions.AgentImages;
import dev.whence.instrumenter.workflow.WorkflowJson.Members;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Reads options from a JSON body or from the query, with the same names and defaults. */
final class WantedOptions {

	private static final int MAX_HINTS = 1000;

	private WantedOptions() {
	}

	static InstrumentOptions from(Members body, InstrumentMode mode, String endpoint) {
		List<LanguageHint> hints = new ArrayList<>();
		List<Members> wanted = body.objects("hints");
		if (wanted.size() > MAX_HINTS) {
			throw body.wrong("hints", "has more than " + MAX_HINTS + " items");
		}
		for (Members hint : wanted) {
			hints.add(new LanguageHint(hint.optional("workload"), hint.optional("container"), hint.optional("image"),
					choose(hint, "language", hint.required("language"), Language::parse)));
		}
		return options(new JsonSource(body), hints, new HashSet<>(body.strings("kinds")), body.flag("skip_infra", true),
				mode, endpoint);
	}

	static InstrumentOptions from(HttpServletRequest query, InstrumentMode mode, String endpoint) {
		String kinds = query.getParameter("kinds");
		Set<String> wanted = (kinds != null) ? new HashSet<>(Arrays.asList(kinds.split(","))) : Set.of();
		return options(new QuerySource(query), hints(query), wanted, flag(query, "skip_infra", true), mode, endpoint);
	}

	/**
	 * Hints in a query: {@code hints=web=nodejs,shop/*=java}, each a container's name,
	 * with the workload's in front of a slash if need be; or {@code image:} and an image.
	 */
	private static List<LanguageHint> hints(HttpServletRequest query) {
		List<LanguageHint> hints = new ArrayList<>();
		String[] values = query.getParameterValues("hints");
		for (String value : (values != null) ? values : new String[0]) {
			for (String hint : value.split(",")) {
				if (!hint.isBlank()) {
					hints.add(hint(hint.strip()));
				}
			}
		}
		if (hints.size() > MAX_HINTS) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER, "hints has more than " + MAX_HINTS + " items");
		}
		return hints;
	}

	private static LanguageHint hint(String text) {
		int equals = text.lastIndexOf('=');
		Language language = (equals > 0) ? Language.parse(text.substring(equals + 1)).orElse(null) : null;
		if (language == null) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"hints must be a list of container=language, workload/container=language or image:name=language");
		}
		String what = text.substring(0, equals);
		if (what.startsWith("image:")) {
			return new LanguageHint(null, null, what.substring("image:".length()), language);
		}
		int slash = what.indexOf('/');
		return new LanguageHint((slash > 0) ? what.substring(0, slash) : null, what.substring(slash + 1), null,
				language);
	}

	static boolean flag(HttpServletRequest query, String name, boolean otherwise) {
		String value = query.getParameter(name);
		if (value == null) {
			return otherwise;
		}
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "true", "" -> true;
			case "false" -> false;
			default -> throw new ProblemException(ProblemCode.INVALID_PARAMETER, name + " must be true or false");
		};
	}

	private static InstrumentOptions options(Source source, List<LanguageHint> hints, Set<String> kinds,
			boolean skipInfra, InstrumentMode defaultMode, String defaultEndpoint) {
		InstrumentMode mode = source.choose("mode", InstrumentMode::parse).orElse(defaultMode);
		Language fallback = source.choose("language", Language::parse).orElse(null);
		Confidence confidence = source.choose("min_confidence", Confidence::parse).orElse(Confidence.HIGH);
		String instrumentation = source.text("instrumentation");
		String endpoint = source.text("endpoint");
		try {
			return new InstrumentOptions(mode, new LanguageDetector(hints, fallback, skipInfra),
					(instrumentation != null) ? instrumentation : "true", confidence, kinds,
					(endpoint != null) ? endpoint : defaultEndpoint, AgentImages.DEFAULT);
		}
		catch (IllegalArgumentException ex) {
			throw source.wrong(String.valueOf(ex.getMessage()).split(" ", 2)[0], String.valueOf(ex.getMessage()));
		}
	}

	private static <T> T choose(Members members, String name, String text, Function<String, Optional<T>> parse) {
		return parse.apply(text).orElseThrow(() -> members.wrong(name, "is not one of the known values"));
	}

	/** Where options come from. */
	private interface Source {

		@Nullable String text(String name);

		ProblemException wrong(String name, String what);

		default <T> Optional<T> choose(String name, Function<String, Optional<T>> parse) {
			String text = text(name);
			if (text == null || text.isBlank()) {
				return Optional.empty();
			}
			Optional<T> value = parse.apply(text);
			if (value.isEmpty()) {
				throw wrong(name, name + " is not one of the known values");
			}
			return value;
		}

	}

	private record JsonSource(Members body) implements Source {

		@Override
		public @Nullable String text(String name) {
			return this.body.optional(name);
		}

		@Override
		public ProblemException wrong(String name, String what) {
			return new ProblemException(ProblemCode.INVALID_FIELD, what, List.of(new FieldError("/" + name, what)),
					null);
		}

	}

	private record QuerySource(HttpServletRequest request) implements Source {

		@Override
		public @Nullable String text(String name) {
			return this.request.getParameter(name);
		}

		@Override
		public ProblemException wrong(String name, String what) {
			return new ProblemException(ProblemCode.INVALID_PARAMETER, what);
		}

	}

}
