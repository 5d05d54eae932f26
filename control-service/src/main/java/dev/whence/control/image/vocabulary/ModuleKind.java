package dev.whence.control.image.vocabulary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The modules that are rendered; every other type leaves a comment. */
public enum ModuleKind {

	FILES("files", List.of("files"), Map.of()), SCRIPT("script", List.of("scripts"), Map.of()),
	RPM_OSTREE("rpm-ostree", List.of("repos", "config-manager", "install-conditional", "install", "remove"), Map.of()),
	PACKAGE_LOADER("package-loader", List.of("window_manager", "desktop_environment", "include_common"), Map.of()),
	SYSTEMD("systemd", List.of("system", "default-target"), Map.of("user", "units of users are not enabled")),
	SDDM_THEMES("sddm-themes", List.of("source", "destination", "config"), Map.of());

	private final String wireName;

	private final List<String> keys;

	private final Map<String, String> ignored;

	ModuleKind(String wireName, List<String> keys, Map<String, String> ignored) {
		this.wireName = wireName;
		this.keys = keys;
		this.ignored = ignored;
	}

	/** How definitions spell it. */
	public String wireName() {
		return this.wireName;
	}

	/** The keys it understands beside those of every module. */
	public List<String> keys() {
		return this.keys;
	}

	/** Keys that other tools understand and this one does not, and what that means. */
	public Map<String, String> ignored() {
		return this.ignored;
	}

	/** The kind of this name. */
	public static Optional<ModuleKind> named(String name) {
		return Stream.of(values()).filter((kind) -> kind.wireName.equals(name)).findFirst();
	}

}
