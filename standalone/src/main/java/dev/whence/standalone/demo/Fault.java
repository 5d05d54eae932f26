package dev.whence.standalone.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can go wrong in the shop. */
sealed interface Fault permits LoudFault, QuietFault {

	/** All that there are, the quiet ones first, as they are played. */
	static List<Fault> all() {
		return Stream.<Fault>concat(Stream.of(QuietFault.values()), Stream.of(LoudFault.values())).toList();
	}

	/** The fault of that name on the command line. */
	static Optional<Fault> named(String name) {
		return all().stream().filter((fault) -> fault.optionName().equals(name)).findFirst();
	}

	/** How a constant is written on the command line. */
	static String optionName(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** How it is written on the command line. */
	String optionName();

	/** The service or host that is to blame. */
	String cause();

	/** What a person would say had happened. */
	String story();

	/** How much longer the own work of a service takes while the fault lasts. */
	Duration delay(String service);

	/** Whether it came with another version of the service, and with which. */
	default Optional<String> version(String service) {
		return Optional.empty();
	}

}
