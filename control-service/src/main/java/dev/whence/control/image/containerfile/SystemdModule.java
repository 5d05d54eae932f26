package dev.whence.control.image.containerfile;

import java.util.ArrayList;
import java.util.List;

/** Enables units of the system and sets its target. */
record SystemdModule(Field module) implements ImageModule {

	@Override
	public List<String> lines(BuildContext context) {
		List<String> commands = new ArrayList<>();
		this.module.truthy("default-target")
			.ifPresent((target) -> commands.add("systemctl set-default " + target.last()));
		this.module.get("system")
			.flatMap((system) -> system.present("enabled"))
			.map(Field::list)
			.orElse(List.of())
			.forEach((unit) -> commands.add("systemctl enable " + unit.last()));
		return commands.isEmpty() ? List.of() : List.of("RUN " + String.join(" && \\\n    ", commands));
	}

}
