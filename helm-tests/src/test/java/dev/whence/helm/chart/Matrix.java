package dev.whence.helm.chart;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.whence.helm.chart.Chart.Values;

/** The values with which the chart is tried. */
public final class Matrix {

	private Matrix() {
	}

	public static Stream<Values> all() {
		return Stream.concat(Stream.of("external", "roles", "everything", "custom-metrics", "bare").map(Values::of),
				Stream.of(Values.demo(), Values.of("demo-and-monitoring").above(Values.demo()),
						Values.of("external").with("nameOverride", "telemetry"), released("0.1.0")));
	}

	/** What an operator of that release may have said. */
	public static Values released(String version) {
		return new Values(List.of(Path.of("src/test/resources/released/" + version + ".yaml").toAbsolutePath()),
				Map.of());
	}

}
