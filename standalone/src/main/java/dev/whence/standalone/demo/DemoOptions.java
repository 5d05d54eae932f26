package dev.whence.standalone.demo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import dev.whence.standalone.StartException;

/**
 * What is to be played.
 *
 * @param url where Whence is
 * @param faults the faults, each once; empty when only help is asked for
 */
record DemoOptions(String url, List<Fault> faults) {

	DemoOptions {
		faults = List.copyOf(faults);
	}

	/**
	 * Reads {@code --url=URL} and any number of {@code --fault=NAME} or
	 * {@code --fault NAME}. Without a fault all quiet ones are played and one that is
	 * loud.
	 * @throws StartException when an option or a fault is not known
	 */
	static DemoOptions parse(String[] args, RandomGenerator random) {
		String url = "http://localhost:8080";
		Set<Fault> faults = new LinkedHashSet<>();
		for (int i = 0; i < args.length; i++) {
			String[] option = args[i].split("=", 2);
			switch (option[0]) {
				case "--url", "--fault" -> {
					String value = (option.length > 1) ? option[1] : (i + 1 < args.length) ? args[++i] : "";
					if (value.isEmpty()) {
						throw new StartException("The option " + option[0] + " needs a value.", null);
					}
					if (option[0].equals("--url")) {
						url = value;
					}
					else {
						faults.addAll(named(value, random));
					}
				}
				case "--help" -> {
					return new DemoOptions(url, List.of());
				}
				default -> throw new StartException(
						"There is no option '" + args[i] + "'; ./whence demo --help lists them.", null);
			}
		}
		return new DemoOptions(url, faults.isEmpty() ? named("each", random) : List.copyOf(faults));
	}

	private static List<Fault> named(String name, RandomGenerator random) {
		LoudFault[] loud = LoudFault.values();
		Fault drawn = loud[random.nextInt(loud.length)];
		if (name.equals("loud")) {
			return List.of(drawn);
		}
		List<Fault> quiet = List.of(QuietFault.values());
		return switch (name) {
			case "quiet" -> quiet;
			case "each" -> {
				List<Fault> each = new ArrayList<>(quiet);
				each.add(drawn);
				yield each;
			}
			default ->
				List.of(Fault.named(name)
					.orElseThrow(() -> new StartException("There is no fault '" + name + "', but quiet, loud, "
							+ Fault.all().stream().map(Fault::optionName).collect(Collectors.joining(", ")) + ".",
							null)));
		};
	}

	/** What {@code --help} says. */
	static String help() {
		StringBuilder help = new StringBuilder("""
				usage: ./whence demo [--fault NAME]...

				Plays a small shop, breaks it, and shows the cause that Whence names for each fault. Without
				--fault: the quiet faults and one that is loud. It takes one to three minutes.

				Nothing says "error" in these; Whence compares them with normal minutes (--fault quiet: all of them):
				""");
		describe(List.of(QuietFault.values()), help);
		help.append("\nThese fail and say so (--fault loud: one of them):\n");
		describe(List.of(LoudFault.values()), help);
		return help.toString();
	}

	private static void describe(List<? extends Fault> faults, StringBuilder help) {
		faults.forEach((fault) -> help.append("  %-22s %s%n".formatted(fault.optionName(), fault.story())));
	}

}
