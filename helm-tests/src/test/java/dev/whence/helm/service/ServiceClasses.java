package dev.whence.helm.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The compiled classes of the services. */
final class ServiceClasses {

	private ServiceClasses() {
	}

	/** The constants of one class, among other things. */
	static String text(String path) {
		try (var stream = ServiceClasses.class.getClassLoader().getResourceAsStream(path)) {
			return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Those of all classes of these modules, with what they share. */
	static String everything() {
		StringBuilder text = new StringBuilder();
		List<String> files = new ArrayList<>(Part.all().stream().map((part) -> part.module() + ".yaml").toList());
		files.add("service-defaults.yaml");
		for (String file : files) {
			read(ServiceClasses.class.getClassLoader().getResource(file), text);
		}
		return text.toString();
	}

	private static void read(URL configuration, StringBuilder text) {
		try {
			URI uri = configuration.toURI();
			if (uri.getScheme().equals("jar")) {
				try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
					readFolder(jar.getPath("/dev"), text);
				}
			}
			else {
				readFolder(Path.of(uri).resolveSibling("dev"), text);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static void readFolder(Path folder, StringBuilder text) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter((one) -> one.toString().endsWith(".class")).toList()) {
				text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
			}
		}
	}

}
