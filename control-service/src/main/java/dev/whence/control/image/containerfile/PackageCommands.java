package dev.whence.control.image.containerfile;

import java.util.ArrayList;
import java.util.List;

/** Commands of one package step, joined into one instruction. */
final class PackageCommands {

	private static final String GO_ON = " \\\n    ";

	private final List<String> commands = new ArrayList<>(List
		.of("dnf install -y dnf5 dnf5-plugins &&" + GO_ON + "rm -f /usr/bin/dnf && ln -s /usr/bin/dnf5 /usr/bin/dnf"));

	PackageCommands add(String command) {
		this.commands.add(command);
		return this;
	}

	/** The instruction; every step ends by bringing the rest up to date and tidying. */
	List<String> lines() {
		add("dnf upgrade -y").add("dnf clean all");
		return List.of("# hadolint ignore=DL3041,SC2086",
				"RUN set -euxo pipefail;" + GO_ON + String.join(";" + GO_ON, this.commands));
	}

}
