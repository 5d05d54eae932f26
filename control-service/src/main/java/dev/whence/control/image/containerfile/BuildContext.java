package dev.whence.control.image.containerfile;

import java.util.Locale;
import java.util.Optional;

import dev.whence.control.image.document.PythonText;
import dev.whence.control.image.document.YamlValue;
import dev.whence.control.image.document.YamlValue.Bool;
import dev.whence.control.image.document.YamlValue.Int;
import dev.whence.control.image.document.YamlValue.Real;
import dev.whence.control.image.vocabulary.ImageType;

/**
 * What conditions ask about.
 *
 * @param enableRke2 as the definition has it, whatever that is
 */
record BuildContext(String imageType, boolean enablePlymouth, Field enableRke2, YamlValue useUpstreamSwayConfig,
		Optional<Field> desktopEnvironment, Optional<Field> windowManager) {

	static BuildContext of(Field definition, TranspileOptions options) {
		String imageType = (options.imageType() != null) ? options.imageType()
				: definition.get("image-type").map(Field::inline).orElse(ImageType.DEFAULT.wireName());
		Optional<Field> build = definition.get("build");
		Optional<Field> desktop = definition.get("desktop");
		YamlValue no = new Bool(false, definition.place());
		return new BuildContext(imageType, options.enablePlymouth(),
				build.flatMap((map) -> map.get("enable_rke2")).orElse(new Field("build.enable_rke2", no)),
				build.flatMap((map) -> map.get("use_upstream_sway_config")).map(Field::value).orElse(no),
				desktop.flatMap((map) -> map.get("desktop_environment")),
				desktop.flatMap((map) -> map.get("window_manager")));
	}

	boolean isBootc() {
		return this.imageType.equals(ImageType.FEDORA_BOOTC.wireName());
	}

	/** How the switch is written into the Containerfile. */
	String rke2() {
		return this.enableRke2.inline().toLowerCase(Locale.ROOT);
	}

	/** Whether {@code operand == text} holds. */
	boolean holds(String operand, String text) {
		boolean truth = text.toLowerCase(Locale.ROOT).equals("true");
		return switch (operand) {
			case "image-type" -> this.imageType.equals(text);
			case "distro" -> text.equals("fedora");
			case "enable_plymouth" -> this.enablePlymouth == truth;
			case "enable_rke2" -> equals(this.enableRke2.value(), truth);
			case "use_upstream_sway_config" -> equals(this.useUpstreamSwayConfig, truth);
			case "desktop_environment" -> equals(this.desktopEnvironment, text);
			case "window_manager" -> equals(this.windowManager, text);
			default -> false;
		};
	}

	private static boolean equals(Optional<Field> field, String text) {
		return field.map((found) -> found.value() instanceof YamlValue.Text known && known.value().equals(text))
			.orElse(text.isEmpty());
	}

	/** Python's equality: 1 is true and 0 is false, and no text is either. */
	private static boolean equals(YamlValue value, boolean truth) {
		return switch (value) {
			case Bool bool -> bool.value() == truth;
			case Int _, Real _ -> PythonText.str(value).matches(truth ? "1(\\.0)?" : "-?0(\\.0)?");
			default -> false;
		};
	}

}
