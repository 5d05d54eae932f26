package dev.whence.control.image.containerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.whence.control.image.document.YamlValue;
import dev.whence.control.image.document.YamlValue.Entry;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.vocabulary.ImageType;
import dev.whence.control.image.vocabulary.Keys;

/**
 * The text that a definition is built by. The same definition, options and folder give
 * the same bytes; it ends with one line break.
 */
public final class Containerfile {

	private static final String THIN_RULE = "# " + "-".repeat(30);

	private static final String THICK_RULE = "# " + "=".repeat(70);

	/** Far more than any image has; each may render to kilobytes. */
	private static final int MOST_MODULES = 1_000;

	private final List<String> lines = new ArrayList<>();

	private final Field definition;

	private final TranspileOptions options;

	private final ImageFolder folder;

	private final BuildContext context;

	private Containerfile(Field definition, TranspileOptions options, ImageFolder folder) {
		this.definition = definition;
		this.options = options;
		this.folder = folder;
		this.context = BuildContext.of(definition, options);
	}

	/**
	 * Makes the Containerfile of a definition.
	 * @throws TranspileException if a value does not have the form that its key takes, or
	 * would not stay within its line
	 */
	public static String of(YamlValue definition, TranspileOptions options, ImageFolder folder) {
		Field root = new Field("", definition);
		requireKeys(root);
		return new Containerfile(root, options, folder).render();
	}

	private static void requireKeys(Field root) {
		for (String key : Keys.REQUIRED) {
			if (!(root.value() instanceof Mapping map) || map.get(key).isEmpty()) {
				throw TranspileException.missing(key, root.place());
			}
		}
	}

	private String render() {
		header();
		arguments();
		base();
		labels();
		environment();
		modules();
		return String.join("\n", this.lines) + "\n";
	}

	private void header() {
		add(THICK_RULE);
		add("# Auto-generated Containerfile from %s.yml".formatted(required("name").inline()));
		add("# DO NOT EDIT MANUALLY - Changes will be overwritten");
		add("# Generated for: " + this.context.imageType());
		add(THICK_RULE);
	}

	private void arguments() {
		section("Build arguments");
		add("ARG FEDORA_VERSION=" + this.options.fedoraVersion());
		if (this.context.isBootc()) {
			add("ARG ENABLE_PLYMOUTH=" + this.options.enablePlymouth());
		}
		add("ARG ENABLE_RKE2=" + this.context.rke2());
	}

	private void base() {
		section("Base image");
		add("FROM " + baseImage());
	}

	private String baseImage() {
		String version = ":" + this.options.fedoraVersion();
		Optional<Field> own = this.definition.truthy("base-image");
		if (own.isEmpty()) {
			requirePinned(this.definition, "");
			return ImageType.named(this.context.imageType()).orElse(ImageType.FEDORA_BOOTC).base() + version;
		}
		own.get().text();
		String image = own.get().last();
		requirePinned(own.get(), image);
		String name = image.substring(image.lastIndexOf('/') + 1);
		return (name.contains(":") || name.contains("@")) ? image : image + version;
	}

	private void requirePinned(Field field, String image) {
		if (this.options.sourceDateEpoch() != null && !image.matches(".+@sha256:[0-9a-f]{64}")) {
			throw new TranspileException("base-image",
					"must be pinned by its digest (name@sha256:...) for a reproducible build", field.place());
		}
	}

	private void labels() {
		Optional<Field> labels = this.definition.truthy("labels");
		if (labels.isEmpty()) {
			return;
		}
		add("");
		add("# OCI Labels for better metadata");
		for (Entry entry : labels.get().map().entries()) {
			Field key = new Field("labels", entry.key());
			Field value = new Field("labels." + key.inline(), entry.value());
			add("LABEL %s=\"%s\"".formatted(key.inline(), value.inline()));
		}
	}

	private void environment() {
		section("Environment");
		String type = "BUILD_IMAGE_TYPE=" + this.context.imageType();
		String plymouth = "ENABLE_PLYMOUTH=" + this.options.enablePlymouth();
		List<String> rke2 = List.of("ENABLE_RKE2=" + this.context.rke2(), "enable_rke2=" + this.context.rke2());
		add("ENV " + type);
		rke2.forEach((variable) -> add("ENV " + variable));
		if (this.context.isBootc()) {
			add("ENV " + plymouth);
		}
		if (this.options.sourceDateEpoch() != null) {
			add("ARG SOURCE_DATE_EPOCH=" + this.options.sourceDateEpoch());
			add("ENV SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH}");
		}
		add("");
		List<String> kept = new ArrayList<>(List.of(type));
		if (this.context.isBootc()) {
			kept.add(plymouth);
		}
		kept.addAll(rke2);
		kept.addAll(List.of("LANG=en_US.UTF-8", "LC_ALL=en_US.UTF-8"));
		add("RUN " + String.join(" && \\\n    ",
				kept.stream().map((variable) -> "echo \"%s\" >> /etc/environment".formatted(variable)).toList()));
	}

	private void modules() {
		Field field = required("modules");
		List<Field> modules = field.list();
		if (modules.size() > MOST_MODULES) {
			throw field.refused("must have at most %d items".formatted(MOST_MODULES));
		}
		for (int i = 0; i < modules.size(); i++) {
			Field module = modules.get(i);
			if (module.get("condition").map((condition) -> Condition.allows(condition, this.context)).orElse(true)) {
				section("Module %d: %s".formatted(i + 1, ImageModule.type(module)));
				this.lines.addAll(ImageModule.of(module, this.folder, this.options.strict()).lines(this.context));
			}
		}
	}

	/** A blank line, then a title between rules. */
	private void section(String title) {
		add("");
		add(THIN_RULE);
		add("# " + title);
		add(THIN_RULE);
	}

	private Field required(String key) {
		return this.definition.get(key).orElseThrow();
	}

	private void add(String line) {
		this.lines.add(line);
	}

}
