package dev.whence.standalone.evaluate.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.whence.standalone.StartException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One split of a data set: a folder with {@code cases.jsonl}, and with
 * {@code labels.jsonl} when the truth may be known.
 *
 * @param name of the data set, which is the folder around the split
 * @param cases in the order of their file
 */
public record DataSet(String name, Path folder, List<FaultCase> cases) {

	private static final String CASES = "cases.jsonl";

	/**
	 * Reads what the split consists of, and no signal yet.
	 * @throws StartException when the folder is not the split of a data set
	 */
	public static DataSet open(Path folder) {
		requireFolder(folder);
		if (!Files.isRegularFile(folder.resolve(CASES))) {
			throw new StartException(
					"The folder " + folder + " has no " + CASES + "; name the folder of a split, such as DATASET/dev.",
					null);
		}
		List<FaultCase> cases = new ArrayList<>();
		JsonLines.read(folder.resolve(CASES), (_, line) -> cases.add(faultCase(folder, line)));
		if (cases.isEmpty()) {
			throw new StartException("There is no case in " + folder.resolve(CASES) + ".", null);
		}
		return new DataSet(nameOf(folder), folder, List.copyOf(cases));
	}

	/** The name of the data set that a split belongs to. */
	public static String nameOf(Path split) {
		Path parent = split.toAbsolutePath().normalize().getParent();
		return (parent != null && parent.getFileName() != null) ? parent.getFileName().toString() : "";
	}

	/**
	 * Makes sure that a folder is one.
	 * @throws StartException when it is not
	 */
	public static void requireFolder(Path folder) {
		if (!Files.isDirectory(folder)) {
			throw new StartException("There is no folder " + folder + ".", null);
		}
	}

	/** The truth, which only the scoring reads; null when this split has none. */
	public @Nullable Path labels() {
		Path labels = this.folder.resolve("labels.jsonl");
		return Files.isRegularFile(labels) ? labels : null;
	}

	/** The cases of each system, by the start of their faults. */
	public Map<String, List<FaultCase>> bySystem() {
		Map<String, List<FaultCase>> systems = new LinkedHashMap<>();
		new TreeSet<>(this.cases.stream().map(FaultCase::system).toList()).forEach((system) -> systems.put(system,
				this.cases.stream()
					.filter((fault) -> fault.system().equals(system))
					.sorted(Comparator.comparing(FaultCase::start).thenComparing(FaultCase::id))
					.toList()));
		return systems;
	}

	/** Where a file lies within the data set, for naming its signals. */
	public String pathOf(Path file) {
		Path root = this.folder.toAbsolutePath().normalize().getParent();
		Path absolute = file.toAbsolutePath().normalize();
		return this.name + "/" + ((root != null) ? root.relativize(absolute) : absolute).toString().replace('\\', '/');
	}

	private static FaultCase faultCase(Path folder, JsonNode line) {
		JsonNode target = line.path("target");
		return new FaultCase(text(line, "case_id"), line.path("system").asString(""), path(folder, text(line, "file")),
				line.path("baseline").valueStream().map((file) -> path(folder, file.asString())).toList(),
				line.hasNonNull("topology") ? path(folder, text(line, "topology")) : null, time(line, "fault_start"),
				time(line, "fault_end"),
				target.isObject() ? new FaultCase.Target(text(target, "service"), target.path("metric").asString(""),
						target.hasNonNull("timestamp") ? time(target, "timestamp") : null) : null);
	}

	private static Path path(Path folder, String name) {
		Path file = folder.resolve(name).normalize();
		if (!Files.isRegularFile(file)) {
			throw new StartException("The file " + file + " is missing, which " + folder.resolve(CASES) + " names.",
					null);
		}
		return file;
	}

	private static Instant time(JsonNode line, String field) {
		return Instant.parse(text(line, field));
	}

	private static String text(JsonNode line, String field) {
		if (!line.path(field).isString()) {
			throw new StartException("A case has no '" + field + "': " + line, null);
		}
		return line.path(field).asString();
	}

}
