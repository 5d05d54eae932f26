package dev.whence.analysis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a metric measures, as far as its name and unit tell by the naming of OpenTelemetry
 * and Prometheus. Nothing here knows a service.
 */
enum Measure {

	/** How long requests take; rises. */
	LATENCY("latency|duration|response.?time"),

	/** Which share of requests succeeds; falls. */
	AVAILABILITY("availab|success.?(rate|ratio|pct|percent)"),

	/** Which share of requests fails; rises. */
	FAILURES("(error|failure|fault)s?.?(rate|ratio|pct|percent)"),

	/** Processor; rises. */
	CPU("cpu"),

	/** Memory; rises. */
	MEMORY("memory|heap|(^|[._])rss"),

	/** Space on disks; rises. Only a share of the whole means something. */
	DISK("disk|filesystem|volume"),

	/**
	 * Things lent out and given back; rises. Only a share of the whole means something.
	 */
	POOL("pool|connections|threads"),

	/** Everything else. */
	OTHER("");

	private static final List<String> OF_A_HOST = List.of("node_", "host_", "system.");

	private static final Pattern NOT_USE = Pattern.compile("limit|request|available|free|idle|capacity|total_bytes");

	private static final Pattern SHARE = Pattern.compile("utili[sz]ation|pct|percent|ratio|_rate\\b");

	private static final Pattern PERCENT = Pattern.compile("pct|percent");

	private static final Pattern MILLISECONDS = Pattern.compile("[._](ms|millis|milliseconds)([._]|$)");

	private static final Pattern MICROSECONDS = Pattern.compile("[._](us|micros|microseconds)([._]|$)");

	/** No share of a whole exceeds it by more than rounding. */
	private static final double WHOLE = 1.5;

	private final Pattern names;

	Measure(String names) {
		this.names = Pattern.compile(names);
	}

	/**
	 * What the series measures of the one who reported it.
	 * @param host whether that is a host
	 */
	static Measure of(MetricSeries series, boolean host) {
		String name = series.name().toLowerCase(Locale.ROOT);
		if (!host && OF_A_HOST.stream().anyMatch(name::startsWith)) {
			return OTHER;
		}
		for (Measure measure : List.of(LATENCY, AVAILABILITY, FAILURES)) {
			if (measure.names.matcher(name).find()) {
				return measure;
			}
		}
		boolean share = isShare(series);
		if (!share && NOT_USE.matcher(name).find()) {
			return OTHER;
		}
		for (Measure measure : List.of(CPU, MEMORY, DISK, POOL)) {
			if (measure.names.matcher(name).find() && (share || measure == CPU || measure == MEMORY)) {
				return measure;
			}
		}
		return OTHER;
	}

	boolean isResource() {
		return switch (this) {
			case CPU, MEMORY, DISK, POOL -> true;
			case LATENCY, AVAILABILITY, FAILURES, OTHER -> false;
		};
	}

	/** What a person calls it. */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Whether the values are shares of a whole, in whatever unit. */
	static boolean isShare(MetricSeries series) {
		return series.unit().equals("%") || series.unit().equals("1")
				|| SHARE.matcher(series.name().toLowerCase(Locale.ROOT)).find();
	}

	/** One hundredth of the whole, in the series' unit, for one that is a share. */
	static double point(MetricSeries series) {
		if (series.unit().equals("%") || PERCENT.matcher(series.name().toLowerCase(Locale.ROOT)).find()) {
			return 1;
		}
		return (Arrays.stream(series.normal()).max().orElse(0) > WHOLE) ? 1 : 0.01;
	}

	/** One millisecond in the series' unit; seconds where nothing tells. */
	static double millisecond(MetricSeries series) {
		String name = series.name().toLowerCase(Locale.ROOT);
		return switch (series.unit()) {
			case "ms" -> 1;
			case "us" -> 1e3;
			case "ns" -> 1e6;
			case "s" -> 1e-3;
			default -> MILLISECONDS.matcher(name).find() ? 1 : MICROSECONDS.matcher(name).find() ? 1e3 : 1e-3;
		};
	}

}
