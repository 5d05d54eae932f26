package dev.whence.e2e.image;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.e2e.platform.Repository;
import dev.whence.e2e.platform.Service;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * docs/licences.md names whatever a service's jar carries;
 * {@code release/bill-of-materials.sh} writes it.
 */
class LicencesIT {

	private static final Pattern ROW = Pattern.compile("\\| ([^ |]+) \\| ([^ |]+) \\| ([^|]+) \\|");

	@ParameterizedTest
	@EnumSource
	void everyLibraryOfAServiceIsListedWithALicence(Service service) throws IOException {
		Set<String> listed = listed();
		assertThat(listed).hasSizeGreaterThan(200);
		assertThat(libraries(service)).isNotEmpty()
			// Some are followed by what machine they are for.
			.allMatch((library) -> listed.contains(library)
					|| listed.stream().anyMatch((known) -> library.startsWith(known + "-")), "is listed");
	}

	private static Set<String> listed() throws IOException {
		return Files.readAllLines(Repository.root().resolve("docs/licences.md"))
			.stream()
			.map(ROW::matcher)
			.filter((row) -> row.matches() && !row.group(3).isBlank())
			.map((row) -> row.group(1).substring(row.group(1).indexOf(':') + 1) + "-" + row.group(2))
			.collect(Collectors.toSet());
	}

	private static Set<String> libraries(Service service) throws IOException {
		List<String> own = List.of("common-model-", "signal-store-", "service-support-", "console-", "xray-client-");
		try (JarFile jar = new JarFile(service.jar().toFile())) {
			return jar.stream()
				.map((entry) -> entry.getName())
				.filter((name) -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
				.map((name) -> name.substring(name.lastIndexOf('/') + 1, name.length() - ".jar".length()))
				.filter((name) -> own.stream().noneMatch(name::startsWith))
				.filter((name) -> !name.startsWith("spring-boot-jarmode-"))
				.collect(Collectors.toCollection(TreeSet::new));
		}
	}

}
