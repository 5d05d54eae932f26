package dev.whence.standalone.demo;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What of the shop runs where. */
final class Deployment {

	static final List<String> HOSTS = List.of("node-1", "node-2");

	private static final Set<String> ON_THE_SECOND_HOST = Set.of("inventory-service", "shipping-service");

	private Deployment() {
	}

	/** Where a service runs. */
	static String host(String service) {
		return HOSTS.get(ON_THE_SECOND_HOST.contains(service) ? 1 : 0);
	}

	/** Which version of a service runs while the fault lasts. */
	static String version(String service, @Nullable Fault fault) {
		return Optional.ofNullable(fault).flatMap((some) -> some.version(service)).orElse("2.4.0");
	}

}
