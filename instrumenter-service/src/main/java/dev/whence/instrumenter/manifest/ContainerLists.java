package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.whence.instrumenter.manifest.YamlNode.Entry;

import org.jspecify.annotations.Nullable;

/**
 * The container lists that a pod template has already, as the operator reads them: the
 * common list goes to every language that is enabled, and a language's own is added to
 * it. Source: opentelemetry-operator v0.158.0, {@code setCommonInstrumentedContainers}
 * and {@code setLanguageSpecificContainers} of {@code podmutator.go}.
 */
record ContainerLists(Map<String, Entry> annotations) {

	/** The key of a language's own list, behind the prefix; nginx is the odd one. */
	static String key(String language) {
		return language.equals("nginx") ? "inject-nginx-container-names" : language + "-container-names";
	}

	/**
	 * The containers that get this language's agent; null where no list says, and the
	 * operator takes the first.
	 */
	@Nullable Set<String> of(String language) {
		List<Entry> lists = entries(language);
		if (lists.isEmpty()) {
			return null;
		}
		Set<String> names = new LinkedHashSet<>();
		lists.forEach((list) -> names.addAll(names(list)));
		return names;
	}

	/** A list of any language, or of all, that names the container; null for none. */
	@Nullable Entry naming(String container) {
		return Annotations.INJECTABLE.stream()
			.sorted()
			.flatMap((language) -> entries(language).stream())
			.filter((list) -> names(list).contains(container))
			.findFirst()
			.orElse(null);
	}

	private static List<String> names(Entry list) {
		return Arrays.asList(list.text().split(","));
	}

	/** The lists that count for a language; an empty one is as good as none. */
	private List<Entry> entries(String language) {
		List<Entry> lists = new ArrayList<>();
		for (String key : List.of(Annotations.NAMES, Annotations.PREFIX + key(language))) {
			Entry list = this.annotations.get(key);
			if (list != null && !list.text().isEmpty()) {
				lists.add(list);
			}
		}
		return lists;
	}

}
