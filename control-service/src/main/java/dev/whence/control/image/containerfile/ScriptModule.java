package dev.whence.control.image.containerfile;

import java.util.List;

import dev.whence.control.image.document.YamlValue.Text;

/** Runs shell scripts. */
record ScriptModule(Field module, boolean strict) implements ImageModule {

	private static final String ONE = "set -e";

	private static final String SEVERAL = "set -euxo pipefail";

	@Override
	public List<String> lines(BuildContext context) {
		List<String> scripts = scripts();
		if (scripts.isEmpty()) {
			return List.of();
		}
		if (scripts.size() == 1 && !scripts.getFirst().contains("\n")) {
			return single(scripts.getFirst().strip());
		}
		ShellScript script = ShellScript.of(scripts, (scripts.size() == 1) ? ONE : SEVERAL);
		return (this.strict && script.isBrokenWhenJoined()) ? script.whole() : script.joined();
	}

	private List<String> single(String script) {
		if (script.isEmpty()) {
			return List.of();
		}
		ShellScript whole = ShellScript.of(List.of(script), ONE);
		return (this.strict && whole.isBrokenAlone()) ? whole.whole() : List.of("RUN " + script);
	}

	/** A text in the place of the list is a list of its characters. */
	private List<String> scripts() {
		Field scripts = this.module.truthy("scripts").orElse(null);
		if (scripts == null) {
			return List.of();
		}
		if (scripts.value() instanceof Text text) {
			return text.value().codePoints().mapToObj(Character::toString).toList();
		}
		return scripts.list().stream().map(Field::text).toList();
	}

}
