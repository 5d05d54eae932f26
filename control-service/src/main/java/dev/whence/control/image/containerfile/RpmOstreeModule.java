package dev.whence.control.image.containerfile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.whence.control.image.folder.ImageFolder;

/** Adds repositories, installs packages and removes others. */
record RpmOstreeModule(Field module, ImageFolder folder) implements ImageModule {

	/** Written into addresses of repositories where the version belongs. */
	private static final String VERSION_IN_ADDRESS = "43";

	@Override
	public List<String> lines(BuildContext context) {
		PackageCommands commands = new PackageCommands();
		List<Field> repositories = list("repos");
		if (!repositories.isEmpty()) {
			commands.add("FEDORA_VERSION=$(rpm -E %fedora)");
			repositories.forEach((address) -> commands
				.add("dnf install -y " + address.last().replace(VERSION_IN_ADDRESS, "${FEDORA_VERSION}")));
		}
		list("config-manager").forEach(
				(repository) -> commands.add("dnf config-manager setopt %s.enabled=1".formatted(repository.inline())));
		list("install-conditional").forEach((set) -> installConditional(commands, set, context));
		List<String> own = texts(list("install"));
		if (!own.isEmpty()) {
			commands.add("echo \"==> Installing %d custom packages...\"".formatted(own.size()));
			commands.add("dnf install -y " + String.join(" ", own));
		}
		Set<String> removed = new LinkedHashSet<>(texts(list("remove")));
		removed.addAll(this.folder.removed());
		if (!removed.isEmpty()) {
			commands.add("echo \"==> Removing %d packages...\"".formatted(removed.size()));
			commands.add("dnf remove -y " + String.join(" ", removed));
		}
		return commands.lines();
	}

	/** Without a condition a conditional set is never installed. */
	private static void installConditional(PackageCommands commands, Field set, BuildContext context) {
		boolean wanted = set.truthy("condition")
			.filter((condition) -> Condition.allows(condition, context))
			.isPresent();
		List<String> packages = wanted ? texts(set.present("packages").map(Field::list).orElse(List.of())) : List.of();
		if (!packages.isEmpty()) {
			commands.add("echo \"==> Installing %d conditional packages...\"".formatted(packages.size()));
			commands.add("dnf install -y --skip-unavailable " + String.join(" ", packages));
		}
	}

	private List<Field> list(String key) {
		return this.module.present(key).map(Field::list).orElse(List.of());
	}

	private static List<String> texts(List<Field> fields) {
		return fields.stream().map(Field::last).toList();
	}

}
