package dev.whence.standalone.evaluate.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.whence.standalone.StartException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What runs where and calls whom.
 *
 * @param names everything that is named, each a candidate for a cause
 */
public record TopologyFile(List<Placement> placements, List<Call> calls, Set<String> names) {

	/** For a data set that says nothing. */
	public static final TopologyFile NONE = new TopologyFile(List.of(), List.of(), Set.of());

	/**
	 * Reads {@code edges}: with {@code label} {@code instance_of} or {@code hosted_on}
	 * between {@code source} and {@code target}, or of a {@code caller} and a
	 * {@code callee}; others are of no use here.
	 */
	public static TopologyFile read(Path file) {
		Map<String, String> services = new LinkedHashMap<>();
		Map<String, String> hosts = new LinkedHashMap<>();
		List<Call> calls = new ArrayList<>();
		Set<String> names = new LinkedHashSet<>();
		for (JsonNode edge : parse(file).path("edges")) {
			String source = edge.path("source").asString("");
			String target = edge.path("target").asString("");
			switch (edge.path("label").asString("")) {
				case "instance_of" -> services.put(source, target);
				case "hosted_on" -> hosts.put(source, target);
				default -> {
					if (edge.has("caller") && edge.has("callee")) {
						calls.add(new Call(edge.path("caller").asString(), edge.path("callee").asString()));
					}
				}
			}
		}
		Set<String> things = new LinkedHashSet<>(services.keySet());
		things.addAll(hosts.keySet());
		List<Placement> placements = things.stream()
			.map((thing) -> new Placement(services.getOrDefault(thing, thing),
					services.containsKey(thing) ? thing : null, hosts.get(thing)))
			.toList();
		names.addAll(things);
		names.addAll(services.values());
		names.addAll(hosts.values());
		calls.forEach((call) -> names.addAll(List.of(call.caller(), call.callee())));
		return new TopologyFile(placements, List.copyOf(calls), names);
	}

	private static JsonNode parse(Path file) {
		try {
			return JsonMapper.shared().readTree(Files.readString(file));
		}
		catch (IOException | JacksonException ex) {
			throw new StartException("The file " + file + " cannot be read: " + ex.getMessage() + ".", ex);
		}
	}

	/**
	 * Something that runs.
	 *
	 * @param instance null for a service that has no instances
	 * @param host null when nobody knows
	 */
	public record Placement(String service, @Nullable String instance, @Nullable String host) {
	}

	/** Somebody who calls somebody. */
	public record Call(String caller, String callee) {
	}

}
