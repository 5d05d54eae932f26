package dev.whence.control.image.containerfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.folder.ImageFolderException;
import dev.whence.control.image.folder.PackageList;

/** Installs the packages of a window manager or a desktop from the folder's lists. */
record PackageLoaderModule(Field module, ImageFolder folder) implements ImageModule {

	/** So many packages stand in one command. */
	private static final int CHUNK = 50;

	/** Python sorts by code points, not by UTF-16 units. */
	private static final Comparator<String> BY_CODE_POINTS = (one, other) -> Arrays.compare(one.codePoints().toArray(),
			other.codePoints().toArray());

	@Override
	public List<String> lines(BuildContext context) {
		try {
			return install();
		}
		catch (ImageFolderException ex) {
			return List.of("# ERROR loading packages: " + ex.getMessage());
		}
	}

	private List<String> install() {
		List<PackageList> lists = new ArrayList<>();
		if (this.module.get("include_common").map((wanted) -> wanted.value().isTruthy()).orElse(true)) {
			lists.add(this.folder.common());
		}
		desktop().ifPresent(lists::add);
		List<String> removed = this.folder.removed();
		TreeSet<String> packages = new TreeSet<>(BY_CODE_POINTS);
		lists.forEach((list) -> packages.addAll(list.packages()));
		removed.forEach(packages::remove);

		PackageCommands commands = new PackageCommands().add("FEDORA_VERSION=$(rpm -E %fedora)")
			.add(release("free"))
			.add(release("nonfree"))
			.add("dnf config-manager setopt fedora-cisco-openh264.enabled=1");
		String groups = lists.stream()
			.flatMap((list) -> list.groups().stream())
			.distinct()
			.map((group) -> "@" + group)
			.collect(Collectors.joining(" "));
		if (!groups.isEmpty()) {
			commands.add("dnf install -y " + groups);
		}
		if (!removed.isEmpty()) {
			commands.add("dnf remove -y " + String.join(" ", removed) + " || true");
		}
		String excluded = removed.stream().map((name) -> "--exclude=" + name + " ").collect(Collectors.joining());
		List<String> sorted = List.copyOf(packages);
		for (int i = 0; i < sorted.size(); i += CHUNK) {
			commands.add("dnf install -y --skip-unavailable " + excluded
					+ String.join(" ", sorted.subList(i, Math.min(sorted.size(), i + CHUNK))));
		}
		return commands.lines();
	}

	/** Of a window manager and a desktop, the window manager counts. */
	private Optional<PackageList> desktop() {
		return this.module.truthy("window_manager")
			.map((name) -> this.folder.windowManager(name.inline()))
			.or(() -> this.module.truthy("desktop_environment")
				.map((name) -> this.folder.desktopEnvironment(name.inline())));
	}

	private static String release(String kind) {
		return ("dnf install -y https://mirrors.rpmfusion.org/%s/fedora/rpmfusion-%s-release-${FEDORA_VERSION}"
				+ ".noarch.rpm")
			.formatted(kind, kind);
	}

}
