package dev.whence.e2e.image;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.whence.e2e.platform.Repository;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A compose file with its rules, each of which names what breaks it.
 *
 * @param text as it is written
 * @param services by name, aliases and merges resolved
 */
record ComposeFile(String text, Map<String, Map<String, Object>> services) {

	/** Makes the secrets and ends; nobody asks for its health. */
	private static final String SECRETS = "secrets";

	private static final Pattern SECRET_NAME = Pattern.compile("PASSWORD|SECRET|TOKEN|_KEY$|DATABASE_URL|REDIS_URL");

	private static final Pattern DEFAULT = Pattern.compile("\\$\\{([A-Z0-9_]+):?-[^}]+}");

	private static final Pattern PORT = Pattern.compile(":(\\d+)(?=/|$)");

	static ComposeFile read() {
		try {
			return parse(Files.readString(Repository.root().resolve("docker-compose.yaml")));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static ComposeFile parse(String text) {
		Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
		Map<String, Map<String, Object>> services = new LinkedHashMap<>();
		map(file.get("services")).forEach((name, service) -> services.put(name, map(service)));
		return new ComposeFile(text, services);
	}

	/** The services that are Whence's own, by the module each image is made of. */
	Map<String, String> modules() {
		Map<String, String> modules = new TreeMap<>();
		this.services.forEach((name, service) -> {
			if (service.containsKey("build") && !name.equals(SECRETS)) {
				modules.put(String.valueOf(map(map(service.get("build")).get("args")).get("MODULE")), name);
			}
		});
		return modules;
	}

	List<String> withoutLimit() {
		return offenders((name, service) -> Stream.of("mem_limit", "cpus", "pids_limit")
			.filter((limit) -> !service.containsKey(limit))
			.map((limit) -> name + " has no " + limit));
	}

	List<String> withoutHealthCheck() {
		return offenders((name, service) -> {
			boolean tested = map(service.get("healthcheck")).get("test") instanceof List<?> test
					&& test.getFirst().equals("CMD");
			return (tested || name.equals(SECRETS)) ? Stream.empty() : Stream.of(name + " has no health check");
		});
	}

	List<String> notLockedDown() {
		return offenders((name, service) -> Stream
			.of(Map.entry("read_only", true), Map.entry("cap_drop", List.of("ALL")),
					Map.entry("security_opt", List.of("no-new-privileges")))
			.filter((setting) -> !setting.getValue().equals(service.get(setting.getKey())))
			.map((setting) -> name + " has not " + setting));
	}

	/**
	 * Values and defaults of what must be secret; a reference without a default is none.
	 */
	List<String> knownSecrets() {
		List<String> known = new ArrayList<>(offenders((name, service) -> environment(name).entrySet()
			.stream()
			.filter((variable) -> SECRET_NAME.matcher(variable.getKey()).find())
			.filter((variable) -> !variable.getKey().endsWith("_FILE") && !isReference(variable.getValue()))
			.map((variable) -> name + " knows " + variable.getKey())));
		Matcher fallback = DEFAULT.matcher(this.text);
		while (fallback.find()) {
			if (SECRET_NAME.matcher(fallback.group(1)).find()) {
				known.add("a default for " + fallback.group(1));
			}
		}
		handedOut().forEach((file, content) -> {
			if (!content.contains("{")) {
				known.add(file + " is always the same");
			}
		});
		return known;
	}

	/** Files of secrets by {@code service/name}, each with what is written to it. */
	Map<String, String> handedOut() {
		Map<String, String> files = new TreeMap<>();
		if (map(this.services.get(SECRETS)).get("command") instanceof List<?> command) {
			for (Object argument : command.subList(1, command.size())) {
				String[] file = argument.toString().split("=", 2);
				files.put(file[0].replaceFirst("^/for/", ""), file[1]);
			}
		}
		return files;
	}

	/** What a service is told, by variables and by files. */
	Set<String> settings(String service) {
		Set<String> names = new TreeSet<>(environment(service).keySet());
		handedOut().keySet()
			.stream()
			.filter((file) -> file.startsWith(service + "/"))
			.map((file) -> file.substring(service.length() + 1))
			.forEach(names::add);
		return names;
	}

	Map<String, @Nullable Object> environment(String service) {
		return map(map(this.services.get(service)).get("environment"));
	}

	/** Volumes as {@code name:path:ro}. */
	List<String> volumes(String service) {
		return strings(map(this.services.get(service)).get("volumes"));
	}

	/** The port and the path that the health check asks. */
	String probed(String service) {
		String url = strings(map(map(this.services.get(service)).get("healthcheck")).get("test")).getLast();
		return url.replaceFirst("^http://127\\.0\\.0\\.1:", "");
	}

	/** Ports inside the container that are reachable from outside. */
	Set<Integer> published(String service) {
		Set<Integer> ports = new TreeSet<>();
		for (String port : strings(map(this.services.get(service)).get("ports"))) {
			Matcher inside = PORT.matcher(port);
			while (inside.find()) {
				ports.add(Integer.valueOf(inside.group(1)));
			}
		}
		return ports;
	}

	/** For whom a service waits, and for what. */
	Map<String, String> waitsFor(String service) {
		Map<String, String> conditions = new TreeMap<>();
		map(map(this.services.get(service)).get("depends_on"))
			.forEach((other, how) -> conditions.put(other, String.valueOf(map(how).get("condition"))));
		return conditions;
	}

	private List<String> offenders(Rule rule) {
		return this.services.entrySet()
			.stream()
			.flatMap((service) -> rule.broken(service.getKey(), service.getValue()))
			.toList();
	}

	private static boolean isReference(@Nullable Object value) {
		return value == null || value.toString().matches("\\$\\{[A-Z0-9_]+(:?[-?]}|})");
	}

	@SuppressWarnings("unchecked") // YAML's mappings, whose keys are texts here
	private static Map<String, Object> map(@Nullable Object value) {
		return (value instanceof Map<?, ?> found) ? (Map<String, Object>) found : Map.of();
	}

	private static List<String> strings(@Nullable Object value) {
		return (value instanceof List<?> found) ? found.stream().map(String::valueOf).toList() : List.of();
	}

	private interface Rule {

		Stream<String> broken(String name, Map<String, Object> service);

	}

}
