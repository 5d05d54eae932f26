package dev.whence.helm.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Properties beside those that stand in a service's files: Spring's, by its metadata, and
 * records of Whence.
 */
final class PropertyNames {

	private static final Pattern PROPERTY = Pattern.compile("\"name\":\\s*\"([^\"]+)\",\\s*\"type\":\\s*\"([^\"]+)\"");

	/** Name and type. */
	private static final Map<String, String> SPRING = spring();

	private PropertyNames() {
	}

	static boolean knows(String variable) {
		return SPRING.entrySet()
			.stream()
			.anyMatch((property) -> ServiceConfiguration.variablesOf(property.getKey())
				.stream()
				.anyMatch((name) -> name.equals(variable)
						|| property.getValue().startsWith("java.util.Map") && variable.startsWith(name + "_")))
				|| Records.knows(variable);
	}

	static boolean knowsProperty(String name) {
		return SPRING.entrySet()
			.stream()
			.anyMatch((property) -> property.getKey().equals(name)
					|| property.getValue().startsWith("java.util.Map") && name.startsWith(property.getKey() + "."));
	}

	private static Map<String, String> spring() {
		Map<String, String> properties = new TreeMap<>();
		try {
			for (URL url : Collections.list(
					PropertyNames.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream stream = url.openStream()) {
					Matcher matcher = PROPERTY.matcher(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
					while (matcher.find()) {
						properties.put(matcher.group(1), matcher.group(2));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	/** Settings that have a record and no line in a file. */
	private enum Records {

		OIDC("dev.whence.support.security.OidcProperties", "whence.security.oidc");

		private final String type;

		private final String prefix;

		Records(String type, String prefix) {
			this.type = type;
			this.prefix = prefix;
		}

		static boolean knows(String variable) {
			for (Records record : values()) {
				for (var component : record.load().getRecordComponents()) {
					if (ServiceConfiguration.variablesOf(record.prefix + "." + component.getName())
						.contains(variable)) {
						return true;
					}
				}
			}
			return false;
		}

		private Class<?> load() {
			try {
				return Class.forName(this.type, false, PropertyNames.class.getClassLoader());
			}
			catch (ClassNotFoundException ex) {
				throw new AssertionError(ex);
			}
		}

	}

}
