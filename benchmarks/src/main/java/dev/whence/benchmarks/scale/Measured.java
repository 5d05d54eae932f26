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
 * @param databaseBytes by which the database grew, a signal
 * @param walBytes of PostgreSQL's log, a signal
 * @param commits a second
 */
record Measured(Workload workload, Map<Part, Double> cores, double databaseBytes, double walBytes, double commits) {

	static Measured read(Path file) throws IOException {
		return of(Files.readString(file));
	}

	static Measured of(String json) {
		JsonNode figures = JsonMapper.shared().readTree(json);
		Map<Part, Double> cores = new EnumMap<>(Part.class);
		for (Part part : Part.values()) {
			cores.put(part, figures.at("/cores/" + part.name().toLowerCase(Locale.ROOT)).asDouble());
		}
		return new Measured(
				new Workload(figures.at("/logs").asDouble(), figures.at("/spans").asDouble(),
						figures.at("/points").asDouble(), figures.at("/batch").asDouble(),
						figures.at("/troubled").asDouble(), figures.at("/questions").asDouble(), 1),
				cores, figures.at("/databaseBytes").asDouble(), figures.at("/walBytes").asDouble(),
				figures.at("/commits").asDouble());
	}

	/** Cores of the part. */
	double busy(Part part) {
		return this.cores.getOrDefault(part, 0.0);
	}

}
