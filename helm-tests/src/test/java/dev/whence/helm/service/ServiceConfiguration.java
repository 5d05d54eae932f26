package dev.whence.helm.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.helm.chart.Chart;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * How a service is really configured: its own file and the one that all share, as they
 * lie in its jar.
 */
final class ServiceConfiguration {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

	/** What {@code service-support} translates because Spring does not know the form. */
	private static final Set<String> TRANSLATED = Set.of("DATABASE_URL", "LOG_LEVEL");

	private final String module;

	private final String own;

	private final String shared = resource("service-defaults.yaml");

	private ServiceConfiguration(String module) {
		this.module = module;
		this.own = resource(module + ".yaml");
	}

	static ServiceConfiguration of(String module) {
		return new ServiceConfiguration(module);
	}

	/** Where it listens unless it is told otherwise. */
	int port() {
		return number("port: \\$\\{API_PORT:(\\d+)}");
	}

	/**
	 * The number that the first group of the pattern finds in its file or the shared one.
	 */
	int number(String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(this.own + "\n" + this.shared);
		if (!matcher.find()) {
			throw new AssertionError(this.module + " has no " + pattern);
		}
		return Integer.parseInt(matcher.group(1));
	}

	/**
	 * The variables that its files name in placeholders, and those that are translated.
	 */
	Set<String> placeholders() {
		Set<String> names = new TreeSet<>(TRANSLATED);
		Matcher matcher = PLACEHOLDER.matcher(this.own + "\n" + this.shared);
		while (matcher.find()) {
			names.add(matcher.group(1));
		}
		return names;
	}

	/** The keys of its files, with dots. */
	Set<String> keys() {
		Set<String> keys = new TreeSet<>();
		flatten("", new Load(LoadSettings.builder().build()).loadFromString(this.own), keys);
		flatten("", new Load(LoadSettings.builder().build()).loadFromString(this.shared), keys);
		return keys;
	}

	/** Whether the environment variable sets anything in this service. */
	boolean knows(String variable) {
		return placeholders().contains(variable)
				|| keys().stream().anyMatch((key) -> variablesOf(key).contains(variable))
				|| PropertyNames.knows(variable);
	}

	/** Whether a file of this name in the configuration tree sets anything. */
	boolean knowsFile(String name) {
		return name.equals(name.toUpperCase(Locale.ROOT)) ? placeholders().contains(name)
				: PropertyNames.knowsProperty(name) || keys().contains(name);
	}

	/** Whether the service carries a library, by its {@code pom.xml}. */
	boolean uses(String... artifacts) {
		try {
			String pom = Files.readString(Chart.root().resolve(this.module + "/pom.xml"));
			for (String artifact : artifacts) {
				if (pom.contains("<artifactId>" + artifact + "</artifactId>")) {
					return true;
				}
			}
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Both forms that Spring reads, with dashes left out and as underscores. */
	static Set<String> variablesOf(String property) {
		String upper = property.toUpperCase(Locale.ROOT).replace('.', '_').replaceAll("[\\[\\]]", "_");
		return new TreeSet<>(List.of(upper.replace("-", ""), upper.replace('-', '_')));
	}

	private static void flatten(String path, Object value, Set<String> keys) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, one) -> flatten(path.isEmpty() ? key.toString() : path + "." + key, one, keys));
		}
		else {
			keys.add(path);
		}
	}

	static String resource(String name) {
		try (InputStream stream = ServiceConfiguration.class.getClassLoader().getResourceAsStream(name)) {
			if (stream == null) {
				throw new AssertionError(name + " is not on the class path");
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
