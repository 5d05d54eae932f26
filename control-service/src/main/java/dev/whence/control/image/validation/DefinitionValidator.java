package dev.whence.control.image.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.whence.control.image.containerfile.Containerfile;
import dev.whence.control.image.containerfile.TranspileException;
import dev.whence.control.image.containerfile.TranspileOptions;
import dev.whence.control.image.document.DefinitionText;
import dev.whence.control.image.document.DocumentException;
import dev.whence.control.image.document.DocumentLimits;
import dev.whence.control.image.document.Place;
import dev.whence.control.image.document.PythonText;
import dev.whence.control.image.document.YamlValue;
import dev.whence.control.image.document.YamlValue.Entry;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.document.YamlValue.Sequence;
import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.vocabulary.Keys;
import dev.whence.control.image.vocabulary.Spelling;

import org.springframework.stereotype.Component;

/**
 * Judges a definition. Its errors are those of the original, word for word: a syntax
 * error alone, or else missing fields and modules of the wrong form. Whatever else is
 * noticed is a problem of the severity {@code warning}, which keeps nobody from storing
 * the definition.
 */
@Component
public class DefinitionValidator {

	private final ImageFolder folder;

	public DefinitionValidator(ImageFolder folder) {
		this.folder = folder;
	}

	/** What there is to say about the text. */
	public Verdict validate(String text) {
		YamlValue definition;
		try {
			definition = DefinitionText.read(text, DocumentLimits.DEFAULT);
		}
		catch (DocumentException ex) {
			return new Verdict(List.of("YAML syntax error: " + ex.text()), true,
					List.of(Problem.error("syntax", ex.reason(), "", ex.place(), null)));
		}
		List<Problem> problems = new ArrayList<>(form(definition));
		List<String> errors = problems.stream().map(Problem::message).toList();
		if (definition instanceof Mapping map) {
			problems.addAll(new Advice(map).problems());
			if (errors.isEmpty()) {
				unbuildable(definition).ifPresent(problems::add);
			}
		}
		problems.sort(Comparator.comparing(Problem::severity).thenComparingInt(Problem::line));
		return new Verdict(errors, false, problems);
	}

	/** The same as one sentence for every error, as clients of the original know it. */
	public Optional<String> refusal(String text) {
		Verdict verdict = validate(text);
		return verdict.isValid() ? Optional.empty()
				: Optional.of(verdict.errors().stream().collect(Collectors.joining(", ")));
	}

	private static List<Problem> form(YamlValue definition) {
		List<Problem> problems = new ArrayList<>();
		for (String key : Keys.REQUIRED) {
			if (!(definition instanceof Mapping map)) {
				problems.add(Problem.error("missing-field", missing(key), key, definition.place(), null));
			}
			else if (map.get(key).isEmpty()) {
				Optional<Entry> meant = misspelled(map, key);
				problems.add(Problem.error("missing-field", missing(key), key,
						meant.map((entry) -> entry.key().place()).orElse(map.place()),
						meant.map((_) -> key).orElse(null)));
			}
		}
		if (definition instanceof Mapping map) {
			map.get("modules").ifPresent((modules) -> modules(modules, problems));
		}
		return problems;
	}

	private static String missing(String key) {
		return "Missing required field: " + key;
	}

	private static void modules(YamlValue modules, List<Problem> problems) {
		if (!(modules instanceof Sequence list)) {
			problems.add(Problem.error("wrong-type", "'modules' must be a list", "modules", modules.place(), null));
			return;
		}
		for (int i = 0; i < list.items().size(); i++) {
			YamlValue module = list.items().get(i);
			String path = "modules[%d]".formatted(i);
			if (!(module instanceof Mapping map)) {
				problems.add(Problem.error("wrong-type", "Module %d must be a dictionary".formatted(i), path,
						module.place(), null));
			}
			else if (map.get("type").isEmpty()) {
				Optional<Entry> meant = misspelled(map, "type");
				problems.add(Problem.error("missing-field", "Module %d missing 'type' field".formatted(i), path,
						meant.map((entry) -> entry.key().place()).orElse(module.place()),
						meant.map((_) -> "type").orElse(null)));
			}
		}
	}

	/** The key that is probably this one. */
	private static Optional<Entry> misspelled(Mapping map, String key) {
		return map.entries()
			.stream()
			.filter((entry) -> !Keys.TOP.contains(PythonText.str(entry.key())))
			.filter((entry) -> Spelling.nearest(PythonText.str(entry.key()), List.of(key)).isPresent())
			.findFirst();
	}

	/** Whether the transpiler would refuse it. */
	private Optional<Problem> unbuildable(YamlValue definition) {
		try {
			Containerfile.of(definition, new TranspileOptions(null, TranspileOptions.DEFAULT_VERSION, true, true, null),
					this.folder);
			return Optional.empty();
		}
		catch (TranspileException ex) {
			Place place = ex.place();
			return Optional.of(Problem.warning("not-buildable",
					"No Containerfile can be made of this: %s %s".formatted(ex.field(), ex.reason()), ex.field(), place,
					null));
		}
	}

}
