package dev.whence.control.build.definition;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which definition of the folder fits a system, a desktop or a window manager. The order
 * and the names are those of the original API.
 */
final class AutoSelect {

	private static final String BOOTC = "sway-bootc.yml";

	private static final String ATOMIC = "sway-atomic.yml";

	private static final Map<String, String> BY_DESKTOP = Map.of("lxqt", BOOTC);

	private static final Map<String, String> BY_IMAGE_TYPE = Map.of("fedora-bootc", BOOTC, "fedora-atomic", ATOMIC,
			"fedora-sway-atomic", ATOMIC);

	private static final List<String> OTHERWISE = List.of("adnyeus.yml", BOOTC);

	private AutoSelect() {
	}

	/** The files to look for, the best first. */
	static Set<String> files(@Nullable String os, @Nullable String imageType, @Nullable String windowManager,
			@Nullable String desktopEnvironment) {
		Set<String> files = new LinkedHashSet<>();
		if (desktopEnvironment != null && BY_DESKTOP.containsKey(desktopEnvironment)) {
			files.add(BY_DESKTOP.get(desktopEnvironment));
		}
		if ("sway".equals(windowManager)) {
			files.add((imageType != null && imageType.contains("bootc")) ? BOOTC : ATOMIC);
		}
		if (os != null && imageType != null) {
			files.add(os + "-" + imageType + ".yml");
		}
		if (imageType != null && BY_IMAGE_TYPE.containsKey(imageType)) {
			files.add(BY_IMAGE_TYPE.get(imageType));
		}
		if (os != null) {
			files.add(os + ".yml");
		}
		files.addAll(OTHERWISE);
		return files;
	}

}
