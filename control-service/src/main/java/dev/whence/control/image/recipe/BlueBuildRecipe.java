package dev.whence.control.image.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.whence.control.image.document.DefinitionText;
import dev.whence.control.image.document.DocumentLimits;
import dev.whence.control.image.document.Place;
import dev.whence.control.image.document.PythonText;
import dev.whence.control.image.document.YamlValue;
import dev.whence.control.image.document.YamlValue.Entry;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.document.YamlValue.Sequence;
import dev.whence.control.image.recipe.ImportedRecipe.Loss;
import dev.whence.control.image.vocabulary.ImageType;
import dev.whence.control.image.vocabulary.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recipe of BlueBuild. Packages, files, snippets of shell and enabled units are
 * carried over; everything else is listed, so that nobody takes the definition for more
 * than it is.
 */
public final class BlueBuildRecipe {

	private static final Set<String> KNOWN = Set.of("name", "description", "base-image", "image-version", "modules",
			"labels");

	/** Says nothing about the image. */
	private static final Set<String> WITHOUT_MEANING = Set.of("$schema", "blue-build-tag");

	/** Where the tool keeps the files of its {@code files} module. */
	private static final String FILES = "files/";

	private final List<Loss> losses = new ArrayList<>();

	private BlueBuildRecipe() {
	}

	/**
	 * Makes a definition of a recipe.
	 * @throws dev.whence.control.image.document.DocumentException if it is no YAML
	 * @throws RecipeException if it is no recipe
	 */
	public static ImportedRecipe read(String text) {
		YamlValue value = DefinitionText.read(text, DocumentLimits.DEFAULT);
		if (!(value instanceof Mapping recipe)) {
			throw new RecipeException("A recipe is a mapping, this is " + value.kind());
		}
		if (recipe.get("name").isEmpty() || !(recipe.get("modules").orElse(null) instanceof Sequence)) {
			throw new RecipeException("A recipe has a name and a list of modules");
		}
		return new BlueBuildRecipe().convert(recipe);
	}

	private ImportedRecipe convert(Mapping recipe) {
		Map<String, Object> definition = new LinkedHashMap<>();
		String name = text(recipe, "name");
		definition.put("name", name);
		definition.put("description", text(recipe, "description"));
		base(recipe, definition);
		recipe.get("labels").ifPresent((labels) -> labels(labels, definition));
		for (Entry entry : recipe.entries()) {
			String key = PythonText.str(entry.key());
			if (!KNOWN.contains(key) && !WITHOUT_MEANING.contains(key)) {
				lose(key, entry.key().place(), "'%s' has no counterpart in a definition".formatted(key));
			}
		}
		List<Object> modules = new ArrayList<>();
		List<YamlValue> items = ((Sequence) recipe.get("modules").orElseThrow()).items();
		for (int i = 0; i < items.size(); i++) {
			module(items.get(i), "modules[%d]".formatted(i), modules);
		}
		definition.put("modules", modules);
		return new ImportedRecipe(configName(name), DefinitionWriter.write(definition), this.losses);
	}

	private void base(Mapping recipe, Map<String, Object> definition) {
		String base = text(recipe, "base-image");
		if (base.isEmpty()) {
			return;
		}
		String version = text(recipe, "image-version");
		String last = base.substring(base.lastIndexOf('/') + 1);
		definition.put("image-type", ImageType.FEDORA_BOOTC.wireName());
		definition.put("base-image",
				(version.isEmpty() || last.contains(":") || last.contains("@")) ? base : base + ":" + version);
	}

	private void labels(YamlValue labels, Map<String, Object> definition) {
		if (labels instanceof Mapping map) {
			Map<String, Object> carried = new LinkedHashMap<>();
			map.entries().forEach((entry) -> carried.put(PythonText.str(entry.key()), PythonText.str(entry.value())));
			definition.put("labels", carried);
		}
		else {
			lose("labels", labels.place(), "Labels are a mapping, this is " + labels.kind());
		}
	}

	private void module(YamlValue value, String path, List<Object> modules) {
		if (!(value instanceof Mapping module)) {
			lose(path, value.place(), "A module is a mapping, this is " + value.kind());
			return;
		}
		if (module.get("from-file").isPresent()) {
			lose(path + ".from-file", module.place(), "Modules of other files are not read; put them into the recipe");
			return;
		}
		String type = text(module, "type").split("@", 2)[0];
		switch (type) {
			case "rpm-ostree" -> packages(module, path, module, modules);
			case "dnf" -> dnf(module, path, modules);
			case "files" -> files(module, path, modules);
			case "copy" -> copy(module, path, modules);
			case "script" -> script(module, path, modules);
			case "systemd" -> systemd(module, path, modules);
			default -> lose(path + ".type", module.place(), type.isEmpty() ? "The module has no type"
					: "Modules of the type '%s' are not rendered".formatted(type));
		}
	}

	private void packages(Mapping module, String path, Mapping lists, List<Object> modules) {
		Map<String, Object> carried = start("rpm-ostree");
		put(carried, "install", texts(lists, "install", path));
		put(carried, "remove", texts(lists, "remove", path));
		loseOthers(module, path, Set.of("type", "install", "remove"));
		add(carried, modules);
	}

	private void dnf(Mapping module, String path, List<Object> modules) {
		Map<String, Object> carried = start("rpm-ostree");
		for (String list : List.of("install", "remove")) {
			module.get(list).ifPresent((value) -> {
				if (value instanceof Mapping map) {
					put(carried, list, texts(map, "packages", path + "." + list));
					loseOthers(map, path + "." + list, Set.of("packages"));
				}
				else {
					put(carried, list, texts(module, list, path));
				}
			});
		}
		loseOthers(module, path, Set.of("type", "install", "remove"));
		add(carried, modules);
	}

	private void files(Mapping module, String path, List<Object> modules) {
		List<Object> files = new ArrayList<>();
		for (YamlValue item : items(module, "files", path)) {
			if (item instanceof Mapping file && file.get("source").isPresent() && file.get("destination").isPresent()) {
				files.add(file(FILES + text(file, "source"), text(file, "destination")));
				loseOthers(file, path + ".files", Set.of("source", "destination"));
			}
			else {
				lose(path + ".files", item.place(), "A file has a source and a destination");
			}
		}
		loseOthers(module, path, Set.of("type", "files"));
		addFiles(files, modules);
	}

	private void copy(Mapping module, String path, List<Object> modules) {
		if (module.get("from").isPresent()) {
			lose(path, module.place(), "Files of other images and stages are not copied");
			return;
		}
		loseOthers(module, path, Set.of("type", "src", "dest"));
		addFiles(List.of(file(text(module, "src"), text(module, "dest"))), modules);
	}

	private static Map<String, Object> file(String source, String destination) {
		Map<String, Object> file = new LinkedHashMap<>();
		file.put("src", source);
		file.put("dst", destination);
		return file;
	}

	private static void addFiles(List<Object> files, List<Object> modules) {
		if (!files.isEmpty()) {
			Map<String, Object> carried = start("files");
			carried.put("files", files);
			modules.add(carried);
		}
	}

	private void script(Mapping module, String path, List<Object> modules) {
		Map<String, Object> carried = start("script");
		put(carried, "scripts", texts(module, "snippets", path));
		for (YamlValue script : items(module, "scripts", path)) {
			lose(path + ".scripts", script.place(),
					"The script file '%s' is not part of the recipe; put its lines into the definition"
						.formatted(PythonText.str(script)));
		}
		loseOthers(module, path, Set.of("type", "scripts", "snippets"));
		add(carried, modules);
	}

	private void systemd(Mapping module, String path, List<Object> modules) {
		if (module.get("system").orElse(null) instanceof Mapping system) {
			List<String> enabled = texts(system, "enabled", path + ".system");
			loseOthers(system, path + ".system", Set.of("enabled"));
			if (!enabled.isEmpty()) {
				Map<String, Object> carried = start("systemd");
				carried.put("system", Map.of("enabled", enabled));
				modules.add(carried);
			}
		}
		loseOthers(module, path, Set.of("type", "system"));
	}

	private static Map<String, Object> start(String type) {
		Map<String, Object> module = new LinkedHashMap<>();
		module.put(Keys.MODULE.getFirst(), type);
		return module;
	}

	private static void put(Map<String, Object> module, String key, List<String> texts) {
		if (!texts.isEmpty()) {
			module.put(key, texts);
		}
	}

	private static void add(Map<String, Object> module, List<Object> modules) {
		if (module.size() > 1) {
			modules.add(module);
		}
	}

	private List<String> texts(Mapping map, String key, String path) {
		List<String> texts = new ArrayList<>();
		for (YamlValue item : items(map, key, path)) {
			if (item instanceof Mapping || item instanceof Sequence) {
				lose(path + "." + key, item.place(), "Only names are carried over, this is " + item.kind());
			}
			else {
				texts.add(PythonText.str(item));
			}
		}
		return texts;
	}

	private List<YamlValue> items(Mapping map, String key, String path) {
		YamlValue value = map.get(key).orElse(null);
		if (value instanceof Sequence list) {
			return list.items();
		}
		if (value != null && value.isTruthy()) {
			lose(path + "." + key, value.place(), "'%s' is a list, this is %s".formatted(key, value.kind()));
		}
		return List.of();
	}

	private void loseOthers(Mapping map, String path, Set<String> carried) {
		for (Entry entry : map.entries()) {
			String key = PythonText.str(entry.key());
			if (!carried.contains(key)) {
				lose(path + "." + key, entry.key().place(), "'%s' has no counterpart in a definition".formatted(key));
			}
		}
	}

	private void lose(String path, Place place, String reason) {
		this.losses.add(new Loss(path, place.line(), place.column(), reason));
	}

	private static String text(Mapping map, String key) {
		return Optional.ofNullable(map.get(key).orElse(null))
			.filter(YamlValue::isTruthy)
			.map(PythonText::str)
			.orElse("");
	}

	/** A name that the API takes, made of the recipe's. */
	private static String configName(@Nullable String name) {
		String plain = String.valueOf(name).replaceAll("[^\\p{L}\\p{N}_-]+", "-");
		String cut = plain.substring(0, Math.min(100, plain.length()));
		return cut.chars().anyMatch(Character::isLetterOrDigit) ? cut : "imported";
	}

}
