package dev.whence.instrumenter.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
		return options(new JsonSource(body), hints, new HashSet<>(body.strings("kinds")), mode, endpoint);
	}

	static InstrumentOptions from(HttpServletRequest query, InstrumentMode mode, String endpoint) {
		String kinds = query.getParameter("kinds");
		Set<String> wanted = (kinds != null) ? new HashSet<>(Arrays.asList(kinds.split(","))) : Set.of();
		return options(new QuerySource(query), List.of(), wanted, mode, endpoint);
	}

	private static InstrumentOptions options(Source source, List<LanguageHint> hints, Set<String> kinds,
			InstrumentMode defaultMode, String defaultEndpoint) {
		InstrumentMode mode = source.choose("mode", InstrumentMode::parse).orElse(defaultMode);
		Language fallback = source.choose("language", Language::parse).orElse(null);
		Confidence confidence = source.choose("min_confidence", Confidence::parse).orElse(Confidence.HIGH);
		String instrumentation = source.text("instrumentation");
		String endpoint = source.text("endpoint");
		try {
			return new InstrumentOptions(mode, new LanguageDetector(hints, fallback),
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
