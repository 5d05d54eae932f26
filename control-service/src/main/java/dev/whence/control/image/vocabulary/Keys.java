package dev.whence.control.image.vocabulary;

import java.util.List;
import java.util.Map;

/** The keys of a definition outside its modules. */
public final class Keys {

	/** What no definition can do without, in the order in which it is missed. */
	public static final List<String> REQUIRED = List.of("name", "description", "modules");

	/** The top level. */
	public static final List<String> TOP = List.of("name", "description", "modules", "image-type", "base-image",
			"labels", "build", "desktop");

	/** Understood by nobody, though other tools write them, and why. */
	public static final Map<String, String> IGNORED_TOP = Map.of("image-version",
			"the version that is asked for at transpilation always counts");

	/** Below {@code build}. */
	public static final List<String> BUILD = List.of("enable_rke2", "use_upstream_sway_config");

	/** As {@link #IGNORED_TOP}, below {@code build}. */
	public static final Map<String, String> IGNORED_BUILD = Map.of("enable_plymouth",
			"the switch that is given at transpilation always counts");

	/** Below {@code desktop}. */
	public static final List<String> DESKTOP = List.of("window_manager", "desktop_environment");

	/** As {@link #IGNORED_TOP}, below {@code desktop}. */
	public static final Map<String, String> IGNORED_DESKTOP = Map.of("include_common",
			"only the key of a package-loader module counts");

	/** Of every module. */
	public static final List<String> MODULE = List.of("type", "condition");

	/** What may stand to the left of {@code ==} in a condition. */
	public static final List<String> CONDITION_OPERANDS = List.of("image-type", "distro", "enable_plymouth",
			"enable_rke2", "use_upstream_sway_config", "desktop_environment", "window_manager");

	private Keys() {
	}

}
