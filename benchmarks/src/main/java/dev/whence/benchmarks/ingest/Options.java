package dev.whence.benchmarks.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the command line says.
 *
 * @param rungs letters of the rungs to climb
 * @param repeats measurements of each figure, of which the median counts
 * @param time of one measurement
 * @param warmUp of a process that was just started; others get a fifth of it
 * @param connections numbers to try; the best is measured
 * @param batches records per request
 * @param signals of rung d: logs, spans, points
 * @param jvm options of the services' JVMs
 * @param postgres settings beyond the usual ones
 * @param key credential of all requests; empty for services in open mode
 * @param otherGateway the jar of a gateway to compare with in rung h
 * @param out folder of the results
 */
record Options(Set<String> rungs, int repeats, Duration time, Duration warmUp, List<Integer> connections,
		List<Integer> batches, Set<String> signals, List<String> jvm, Map<String, String> postgres, String key,
		Optional<Path> otherGateway, Path out) {

	static final String USAGE = """
			benchmarks/run ingest [options]
			  --only a,b,...        rungs (default a,b,c,d,e,f,g,h,s)
			  --quick               about two minutes: one repeat, short times
			  --repeats N           measurements of each figure (default 5)
			  --seconds S           time of one measurement (default 3)
			  --warm-up S           of a fresh process (default 10)
			  --connections 4,8,..  numbers to try in c, d, e (default 4,8,16,32)
			  --batches 100,1000    records per request in c, d, e
			  --signals logs,...    of rung d (default logs,spans,points)
			  --jvm "OPTIONS"       of the services (default "-Xmx448m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders")
			  --pg NAME=VALUE       a setting of PostgreSQL, may be repeated
			  --other-gateway JAR   the gateway of another build, measured in turn in h
			  --open                services in open mode, without a key
			  --out FOLDER          of the results (default benchmarks/target)""";

	private static final String ALL = "a,b,c,d,e,f,g,h,s";

	private static final String KEY = "benchmark-administrator-key-0123456789";

	static Options parse(Path root, String... arguments) {
		Map<String, String> given = new LinkedHashMap<>();
		Map<String, String> postgres = new LinkedHashMap<>();
		Iterator<String> words = List.of(arguments).iterator();
		while (words.hasNext()) {
			String option = words.next();
			switch (option) {
				case "--quick", "--open" -> given.put(option, "");
				case "--pg" -> {
					String[] setting = value(option, words).split("=", 2);
					postgres.put(setting[0], setting[1]);
				}
				case "--only", "--repeats", "--seconds", "--warm-up", "--connections", "--batches", "--signals",
						"--jvm", "--other-gateway", "--out" ->
					given.put(option, value(option, words));
				default -> throw new IllegalArgumentException("unknown option " + option + "\n" + USAGE);
			}
		}
		boolean quick = given.containsKey("--quick");
		return new Options(new TreeSet<>(list(given.getOrDefault("--only", ALL))),
				Integer.parseInt(given.getOrDefault("--repeats", quick ? "1" : "5")),
				seconds(given.getOrDefault("--seconds", quick ? "2" : "3")),
				seconds(given.getOrDefault("--warm-up", quick ? "5" : "10")),
				numbers(given.getOrDefault("--connections", quick ? "8" : "4,8,16,32")),
				numbers(given.getOrDefault("--batches", "100,1000")),
				new TreeSet<>(list(given.getOrDefault("--signals", "logs,spans,points"))),
				Arrays.asList(given.getOrDefault("--jvm", "-Xmx448m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders")
					.split(" ")),
				postgres, given.containsKey("--open") ? "" : KEY,
				Optional.ofNullable(given.get("--other-gateway")).map(Path::of),
				Path.of(given.getOrDefault("--out", root.resolve("benchmarks/target").toString())));
	}

	boolean climbs(String rung) {
		return this.rungs.contains(rung);
	}

	Duration shortWarmUp() {
		return this.warmUp.dividedBy(5);
	}

	private static String value(String option, Iterator<String> words) {
		if (!words.hasNext()) {
			throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
		}
		return words.next();
	}

	private static List<String> list(String text) {
		return List.of(text.split(","));
	}

	private static List<Integer> numbers(String text) {
		return list(text).stream().map(Integer::valueOf).collect(Collectors.toList());
	}

	private static Duration seconds(String text) {
		return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
	}

}
