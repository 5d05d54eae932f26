package dev.whence.standalone.demo;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Random;

import dev.whence.standalone.StartException;
import dev.whence.standalone.demo.CompetitorSearch.Outcome;
import dev.whence.xray.XrayClient;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./whence demo runs}: a pipeline that chooses well until its feed calls the right
 * answers something else. Ends with the funnel of the last run and the step that dropped
 * the right answer, as Whence tells them.
 */
final class DecisionDemo {

	/** Enough for a usual place. */
	private static final int GOOD_RUNS = 12;

	/** Enough to be no accident. */
	private static final int BAD_RUNS = 3;

	private static final int BAR = 30;

	private static final String HELP = """
			usage: ./whence demo runs

			Plays a pipeline that looks for the product that competes with ours: good runs, then runs with a feed
			that renamed a category. Ends with the funnel of the last run and the step that dropped the right answer.
			""";

	private final DemoClient client;

	private final String url;

	private final PrintStream out;

	private final Random random = new Random();

	private DecisionDemo(String url, PrintStream out) {
		this.client = new DemoClient(url);
		this.url = url;
		this.out = out;
	}

	/**
	 * Reads {@code --url URL} and plays the demo.
	 * @throws StartException when it does not end with the right step
	 */
	static void run(String[] args) {
		String url = "http://localhost:8080";
		for (String arg : args) {
			if (arg.equals("--help")) {
				System.out.print(HELP);
				return;
			}
			if (!arg.startsWith("--url=")) {
				throw new StartException("There is no option '" + arg + "' of ./whence demo runs.", null);
			}
			url = arg.substring("--url=".length());
		}
		new DecisionDemo(url, System.out).play();
	}

	private void play() {
		this.out.println("Which product of others competes with our \"" + CompetitorSearch.OURS.title()
				+ "\"? A pipeline answers " + GOOD_RUNS + " times, then its feed renames a category.");
		Outcome last = null;
		try (XrayClient xray = XrayClient.builder().endpoint(this.url).build()) {
			CompetitorSearch search = new CompetitorSearch(xray, this.random);
			for (int i = 0; i < GOOD_RUNS + BAD_RUNS; i++) {
				last = search.run(i >= GOOD_RUNS);
			}
			if (!xray.flush() || xray.dropped() + xray.failed() > 0) {
				throw new StartException("Whence did not take all of the runs; ./whence logs may say why.", null);
			}
		}
		if (last == null) {
			return;
		}
		CompetitorSpans spans = new CompetitorSpans(this.random, Instant.now());
		this.client.send(spans.of(last));
		conclude(last, spans);
	}

	private void conclude(Outcome last, CompetitorSpans spans) {
		JsonNode funnel = this.client.get("/analyze/" + last.runId());
		this.out.println();
		this.out.println(
				"The last run chose \"" + funnel.path("final_output").path("title").asString() + "\". Its funnel:");
		funnel.path("funnel").forEach(this::bar);
		JsonNode journey = this.client
			.get("/runs/" + last.runId() + "/journey?candidate=" + CompetitorSearch.RIGHT_ANSWER);
		JsonNode dropped = null;
		for (JsonNode stop : journey.path("stops")) {
			if (stop.path("selected").isBoolean() && !stop.path("selected").asBoolean()) {
				dropped = stop;
			}
		}
		if (dropped == null) {
			throw new StartException("Whence does not say where " + CompetitorSearch.RIGHT_ANSWER + " was dropped.",
					null);
		}
		this.out.println();
		this.out.println("The right answer, " + CompetitorSearch.RIGHT_ANSWER + ", was dropped by \""
				+ dropped.path("step_name").asString() + "\": " + dropped.path("reason").asString() + ".");
		this.client.get("/runs/trend?last=15&name=competitor%20search").path("stages").forEach(this::drift);
		this.out.println();
		this.out.println("  the funnel            " + this.url + "/decisions/" + last.runId());
		this.out.println("  the same from spans   " + this.url + "/decisions/" + spans.runId());
		this.out.println("  the incident          " + this.url + "/incidents (a drift opens one within a minute)");
		if (!dropped.path("step_name").asString().equals("same category")) {
			throw new StartException("Whence blamed another step than the one that dropped it.", null);
		}
	}

	private void bar(JsonNode stage) {
		long in = stage.path("input_count").asLong(0);
		long out = stage.path("output_count").asLong(0);
		boolean counts = !stage.path("output_count").isNull();
		long most = Math.max(1, Math.max(in, out));
		String bar = counts ? "#".repeat((int) (BAR * out / most)) + ".".repeat((int) (BAR - BAR * out / most))
				: " ".repeat(BAR);
		String numbers = !counts ? ""
				: (in > 0) ? "%4d -> %4d  %3.0f %% dropped".formatted(in, out, 100.0 * (in - out) / in)
						: "        %4d".formatted(out);
		this.out.printf("  %-14s %-10s %s %s%n", stage.path("step_name").asString(), stage.path("step_type").asString(),
				bar, numbers);
	}

	private void drift(JsonNode stage) {
		for (JsonNode what : stage.path("drifts")) {
			if (what.asString().equals("drop_rate")) {
				this.out.printf("\"%s\" usually drops %.0f %%, now %.0f %%.%n", stage.path("name").asString(),
						100 * stage.path("drop_rate").path("median").asDouble(),
						100 * stage.path("latest").path("drop_rate").asDouble());
			}
		}
	}

}
