package dev.whence.control.image.validation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.whence.control.image.document.PythonText;
import dev.whence.control.image.document.YamlValue;
import dev.whence.control.image.document.YamlValue.Entry;
import dev.whence.control.image.document.YamlValue.Mapping;
import dev.whence.control.image.document.YamlValue.Sequence;
import dev.whence.control.image.document.YamlValue.Text;
import dev.whence.control.image.vocabulary.ImageType;
import dev.whence.control.image.vocabulary.Keys;
import dev.whence.control.image.vocabulary.ModuleKind;
import dev.whence.control.image.vocabulary.Spelling;

/** Looks for what is valid and still not what its author meant. */
final class Advice {

	/** Forms that tokens of well-known services have, and keys with a value. */
	private static final Pattern SECRET = Pattern.compile("gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
			+ "|(?:AKIA|ASIA)[A-Z0-9]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|glpat-[A-Za-z0-9_-]{20,}"
			+ "|-----BEGIN [A-Z ]*PRIVATE KEY-----"
			+ "|(?i:\\b[a-z_]*(?:password|passwd|secret|token|api_?key))\\s*[=:]\\s*['\"]?[^\\s'\"${}<>]{6,}");

	private static final Pattern OPERATORS = Pattern
		.compile("!=|=~|[<>]=?|(?<![!=<>])=(?![=~])|\\bnot\\b|\\band\\b|\\bor\\b|\\bin\\b");

	private static final List<String> TYPES = Stream.of(ModuleKind.values()).map(ModuleKind::wireName).toList();

	private static final List<String> IMAGES = Stream.of(ImageType.values()).map(ImageType::wireName).toList();

	/** More than this nobody reads. */
	private static final int MOST = 200;

	private final Mapping definition;

	private final List<Problem> problems = new ArrayList<>();

	Advice(Mapping definition) {
		this.definition = definition;
	}

	List<Problem> problems() {
		keys(this.definition, "", Keys.TOP, Keys.IGNORED_TOP);
		section("build", Keys.BUILD, Keys.IGNORED_BUILD);
		section("desktop", Keys.DESKTOP, Keys.IGNORED_DESKTOP);
		image();
		this.definition.get("modules").ifPresent((modules) -> {
			if (modules instanceof Sequence list) {
				for (int i = 0; i < list.items().size(); i++) {
					if (list.items().get(i) instanceof Mapping module) {
						module(module, "modules[%d]".formatted(i));
					}
				}
			}
		});
		secrets(this.definition, "");
		return this.problems;
	}

	private void section(String name, Collection<String> known, Map<String, String> ignored) {
		if (this.definition.get(name).orElse(null) instanceof Mapping map) {
			keys(map, name, known, ignored);
		}
	}

	private void keys(Mapping map, String path, Collection<String> known, Map<String, String> ignored) {
		for (Entry entry : map.entries()) {
			String key = PythonText.str(entry.key());
			if (ignored.containsKey(key)) {
				warn("ignored-key", "'%s' is ignored: %s".formatted(key, ignored.get(key)), path(path, key),
						entry.key());
			}
			else if (!known.contains(key)) {
				add(Problem.warning("unknown-key", "'%s' is no key here and is ignored".formatted(Problem.quote(key)),
						path(path, key), entry.key().place(), Spelling.nearest(key, known).orElse(null)));
			}
		}
	}

	private void image() {
		this.definition.get("image-type").ifPresent((type) -> {
			Optional<ImageType> known = ImageType.named(PythonText.str(type));
			if (known.filter(ImageType::isBuildable).isEmpty()) {
				add(Problem.warning("unknown-image-type",
						"'%s' is no image type that can be built; the base of %s is taken"
							.formatted(Problem.quote(PythonText.str(type)), ImageType.FEDORA_BOOTC.wireName()),
						"image-type", type.place(),
						known.isPresent() ? null : Spelling.nearest(PythonText.str(type), IMAGES).orElse(null)));
			}
		});
		this.definition.get("base-image").filter(YamlValue::isTruthy).ifPresent((base) -> {
			String name = PythonText.str(base).substring(PythonText.str(base).lastIndexOf('/') + 1);
			if (!name.contains("@") && (!name.contains(":") || name.endsWith(":latest"))) {
				warn("untagged-base",
						name.contains(":") ? "The base image moves with the tag 'latest'; pin a version or a digest"
								: "The base image has no tag; it gets the version that is asked for at transpilation",
						"base-image", base);
			}
		});
	}

	private void module(Mapping module, String path) {
		module.get("condition").ifPresent((condition) -> condition(condition, path + ".condition"));
		Optional<YamlValue> type = module.get("type");
		if (type.isEmpty()) {
			return;
		}
		Optional<ModuleKind> kind = ModuleKind.named(PythonText.str(type.get()));
		if (kind.isEmpty()) {
			add(Problem.warning("unknown-module-type",
					"'%s' is no module type that is rendered; it leaves a comment"
						.formatted(Problem.quote(PythonText.str(type.get()))),
					path + ".type", type.get().place(),
					Spelling.nearest(PythonText.str(type.get()), TYPES).orElse(null)));
			return;
		}
		List<String> known = Stream.concat(Keys.MODULE.stream(), kind.get().keys().stream()).toList();
		keys(module, path, known, kind.get().ignored());
		switch (kind.get()) {
			case SCRIPT -> list(module, "scripts").forEach((script) -> script(script, path + ".scripts"));
			case RPM_OSTREE -> list(module, "install-conditional").forEach((set) -> {
				if (set instanceof Mapping map) {
					map.get("condition")
						.ifPresent((condition) -> condition(condition, path + ".install-conditional.condition"));
				}
			});
			case SYSTEMD -> {
				if (module.get("system").orElse(null) instanceof Mapping system) {
					keys(system, path + ".system", List.of("enabled"),
							Map.of("disabled", "units are only enabled", "masked", "units are only enabled"));
				}
			}
			case FILES, PACKAGE_LOADER, SDDM_THEMES -> {
			}
		}
	}

	private static List<YamlValue> list(Mapping map, String key) {
		return (map.get(key).orElse(null) instanceof Sequence list) ? list.items() : List.of();
	}

	private void condition(YamlValue condition, String path) {
		if (!(condition instanceof Text text)) {
			return;
		}
		for (String part : text.value().split(" && | \\|\\| ")) {
			int equals = part.indexOf("==");
			String operand = (equals < 0) ? part.strip() : part.substring(0, equals).strip();
			if (equals < 0 && !part.isBlank()) {
				boolean operator = OPERATORS.matcher(part).find();
				warn(operator ? "unsupported-operator" : "no-comparison",
						operator ? "A condition compares with '==' alone; '%s' never holds"
							.formatted(Problem.quote(part.strip()))
								: "'%s' compares nothing and never holds".formatted(Problem.quote(part.strip())),
						path, condition);
			}
			else if (equals >= 0 && !Keys.CONDITION_OPERANDS.contains(operand)) {
				add(Problem.warning("unknown-operand",
						"'%s' is nothing that a condition can ask about; it never holds"
							.formatted(Problem.quote(operand)),
						path, condition.place(), Spelling.nearest(operand, Keys.CONDITION_OPERANDS).orElse(null)));
			}
		}
	}

	private void script(YamlValue script, String path) {
		if (script instanceof Text text && text.value().strip().contains("\n")
				&& text.value().lines().anyMatch(Advice::hasCommentBehind)) {
			warn("comment-behind-command",
					"Lines are joined into one command, so that a comment behind a command swallows what follows; "
							+ "give the comment a line of its own",
					path, script);
		}
	}

	/** Quotes make it hard to tell a comment; whoever has them is believed. */
	private static boolean hasCommentBehind(String line) {
		String command = line.strip();
		int comment = command.indexOf('#');
		return comment > 0 && Character.isWhitespace(command.charAt(comment - 1))
				&& command.substring(0, comment).chars().noneMatch((ch) -> ch == '\'' || ch == '"');
	}

	private void secrets(YamlValue value, String path) {
		switch (value) {
			case Text text when SECRET.matcher(text.value()).find() -> warn("secret",
					"This looks like a secret; it would stand in the image for everybody to read", path, value);
			case Mapping map ->
				map.entries().forEach((entry) -> secrets(entry.value(), path(path, PythonText.str(entry.key()))));
			case Sequence list -> {
				for (int i = 0; i < list.items().size(); i++) {
					secrets(list.items().get(i), "%s[%d]".formatted(path, i));
				}
			}
			default -> {
			}
		}
	}

	private void add(Problem problem) {
		if (this.problems.size() < MOST) {
			this.problems.add(problem);
		}
	}

	private void warn(String code, String message, String path, YamlValue at) {
		add(Problem.warning(code, message, path, at.place(), null));
	}

	private static String path(String path, String key) {
		return path.isEmpty() ? Problem.quote(key) : path + "." + Problem.quote(key);
	}

}
