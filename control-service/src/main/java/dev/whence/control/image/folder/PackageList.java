package dev.whence.control.image.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.whence.control.image.document.PythonText;
import dev.whence.control.image.document.YamlValue;
import dev.whence.control.image.document.YamlValue.Entry;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.document.YamlValue.Sequence;

/**
 * One list of packages.
 *
 * @param groups what the package manager installs by a common name
 * @param packages of all categories, in the order of the file
 */
public record PackageList(List<String> groups, List<String> packages) {

	private static final String GROUPS = "groups";

	private static final Set<String> NO_CATEGORIES = Set.of("metadata", GROUPS);

	static final PackageList EMPTY = new PackageList(List.of(), List.of());

	public PackageList {
		groups = List.copyOf(groups);
		packages = List.copyOf(packages);
	}

	/** Reads the form of the files: categories with lists, and groups. */
	static PackageList of(YamlValue file) {
		if (!(file instanceof Mapping map)) {
			return EMPTY;
		}
		List<String> packages = new ArrayList<>();
		for (Entry entry : map.entries()) {
			if (!NO_CATEGORIES.contains(PythonText.str(entry.key()))) {
				packages.addAll(texts(entry.value()));
			}
		}
		return new PackageList(map.get(GROUPS).map(PackageList::texts).orElse(List.of()), packages);
	}

	private static List<String> texts(YamlValue value) {
		return (value instanceof Sequence list) ? list.items().stream().map(PythonText::str).toList() : List.of();
	}

}
