package dev.whence.control.build.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Definitions as maps. */
final class Yaml {

	private static final int MAX_ALIASES = 20;

	private static final int MAX_CHARACTERS = 1024 * 1024;

	private Yaml() {
	}

	private static @Nullable Object load(String text) {
		return new Load(LoadSettings.builder()
			.setSchema(new CoreSchema())
			.setAllowDuplicateKeys(false)
			.setAllowRecursiveKeys(false)
			.setMaxAliasesForCollections(MAX_ALIASES)
			.setCodePointLimit(MAX_CHARACTERS)
			.build()).loadFromString(text);
	}

	/**
	 * The definition for another version of the distribution and, where one is named,
	 * another desktop; its keys are sorted, as the original wrote it.
	 */
	static String customised(String text, String version, boolean plymouth, @Nullable String windowManager,
			@Nullable String desktopEnvironment) {
		Map<String, Object> definition = map(load(text));
		definition.put("image-version", version.matches("\\d{1,9}") ? (Object) Integer.valueOf(version) : version);
		Map<String, Object> build = map(definition.get("build"));
		build.put("enable_plymouth", plymouth);
		definition.put("build", build);
		if (windowManager != null || desktopEnvironment != null) {
			Map<String, Object> desktop = map(definition.get("desktop"));
			put(desktop, "window_manager", windowManager);
			put(desktop, "desktop_environment", desktopEnvironment);
			definition.put("desktop", desktop);
		}
		return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSchema(new CoreSchema()).build())
			.dumpToString(sorted(definition));
	}

	private static void put(Map<String, Object> map, String key, @Nullable String value) {
		if (value != null) {
			map.put(key, value);
		}
	}

	private static Map<String, Object> map(@Nullable Object value) {
		Map<String, Object> map = new LinkedHashMap<>();
		if (value instanceof Map<?, ?> known) {
			known.forEach((key, held) -> map.put(String.valueOf(key), held));
		}
		return map;
	}

	private static @Nullable Object sorted(@Nullable Object value) {
		return switch (value) {
			case Map<?, ?> map -> {
				Map<String, Object> ordered = new TreeMap<>();
				map.forEach((key, held) -> ordered.put(String.valueOf(key), sorted(held)));
				yield ordered;
			}
			case List<?> list -> list.stream().map(Yaml::sorted).toList();
			case null, default -> value;
		};
	}

}
