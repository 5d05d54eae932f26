package dev.whence.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One measured run of two replicas of every service.
 *
 * @param cores that were busy on average
 * @param rest cores that were busy when nothing was sent or asked
 * @param databaseBytes by which the database grew, a signal
 * @param walBytes of PostgreSQL's log, a signal
 * @param commits a second
 */
record Measured(Workload workload, Map<Part, Double> cores, Map<Part, Double> rest, double databaseBytes,
		double walBytes, double commits) {

	static Measured read(Path file) throws IOException {
		return of(Files.readString(file));
	}

	static Measured of(String json) {
		JsonNode figures = JsonMapper.shared().readTree(json);
		return new Measured(
				new Workload(figures.at("/logs").asDouble(), figures.at("/spans").asDouble(),
						figures.at("/points").asDouble(), figures.at("/batch").asDouble(),
						figures.at("/troubled").asDouble(), figures.at("/questions").asDouble(), 1),
				cores(figures.path("cores")), cores(figures.path("rest")), figures.at("/databaseBytes").asDouble(),
				figures.at("/walBytes").asDouble(), figures.at("/commits").asDouble());
	}

	private static Map<Part, Double> cores(JsonNode figures) {
		Map<Part, Double> cores = new EnumMap<>(Part.class);
		for (Part part : Part.values()) {
			cores.put(part, figures.path(part.name().toLowerCase(Locale.ROOT)).asDouble());
		}
		return cores;
	}

	/** Cores of the part. */
	double busy(Part part) {
		return this.cores.getOrDefault(part, 0.0);
	}

	/** Cores of the part when nothing was sent or asked. */
	double atRest(Part part) {
		return this.rest.getOrDefault(part, 0.0);
	}

}
