package dev.whence.standalone.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import dev.whence.standalone.StartException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plays normal traffic, then a fault, and follows what Whence makes of it until the cause
 * is on the screen. Takes less than a minute.
 */
public final class Demo {

	private static final int NORMAL_ROUNDS = 8;

	private static final int FAULTY_ROUNDS = 6;

	private static final int CHECKOUTS_A_ROUND = 10;

	private static final Duration ROUND = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(35);

	private final DemoClient client;

	private final String url;

	private final Fault fault;

	private final PrintStream out;

	private final Random random = new Random();

	private final Shop shop = new Shop(this.random);

	private Demo(String url, @Nullable Fault fault, PrintStream out) {
		this.client = new DemoClient(url);
		this.url = url;
		this.out = out;
		this.fault = (fault != null) ? fault : Fault.values()[this.random.nextInt(Fault.values().length)];
	}

	/**
	 * Reads {@code --url=URL} and {@code --fault=NAME} and plays the demo.
	 * @throws StartException when it does not end with the right cause
	 */
	public static void run(String[] args) {
		String url = "http://localhost:8080";
		Fault fault = null;
		for (String arg : args) {
			String[] option = arg.split("=", 2);
			String value = (option.length > 1) ? option[1] : "";
			switch (option[0]) {
				case "--url" -> url = value;
				case "--fault" -> fault = Fault.named(value)
					.orElseThrow(() -> new StartException("There is no fault '" + value + "', but "
							+ Arrays.stream(Fault.values()).map(Fault::optionName).collect(Collectors.joining(", "))
							+ ".", null));
				default -> throw new StartException("There is no option '" + arg + "'.", null);
			}
		}
		new Demo(url, fault, System.out).play();
	}

	private void play() {
		this.out
			.println("A shop of six services opens: web-frontend, checkout, pricing, inventory, payment, shipping.");
		int signals = rounds("Normal traffic", NORMAL_ROUNDS, null);
		Instant faultAt = Instant.now();
		signals += rounds("Something breaks", FAULTY_ROUNDS, this.fault);
		this.out.println("Sent " + signals + " logs, spans and metric points. Watching what Whence makes of them:");
		JsonNode incident = follow(faultAt);
		conclude(incident, faultAt);
	}

	private int rounds(String title, int rounds, @Nullable Fault fault) {
		int signals = 0;
		for (int round = 1; round <= rounds; round++) {
			Instant begun = Instant.now();
			Telemetry telemetry = new Telemetry();
			for (int i = 0; i < CHECKOUTS_A_ROUND; i++) {
				// Faults rarely hit everybody.
				boolean hit = fault != null && this.random.nextInt(10) < 6;
				this.shop.checkout(telemetry, begun.plusMillis(this.random.nextInt(200)), hit ? fault : null);
			}
			this.client.send(telemetry);
			signals += telemetry.count();
			progress(title, round, rounds);
			pause(ROUND.minus(Duration.between(begun, Instant.now())));
		}
		this.out.println();
		return signals;
	}

	private void progress(String title, int done, int all) {
		this.out.printf("\r  %-17s [%s%s]", title, "#".repeat(done), ".".repeat(all - done));
		this.out.flush();
	}

	// Follows the incident that has signals since the fault until its newest version has
	// an
	// analysis.
	private JsonNode follow(Instant since) {
		Instant patience = Instant.now().plus(PATIENCE);
		String told = "";
		while (Instant.now().isBefore(patience)) {
			for (JsonNode incident : this.client.get("/query/incidents?limit=20").path("items")) {
				if (Instant.parse(incident.path("last_seen").asString()).isBefore(since)) {
					continue;
				}
				String state = describe(incident);
				if (!state.equals(told)) {
					this.out.println("  " + Duration.between(since, Instant.now()).toSeconds() + " s  " + state);
					told = state;
				}
				if (isAnalyzed(incident)) {
					return incident;
				}
			}
			pause(Duration.ofMillis(300));
		}
		throw new StartException("No cause was found within " + PATIENCE.toSeconds() + " s; ./whence logs may say why.",
				null);
	}

	private static boolean isAnalyzed(JsonNode incident) {
		return incident.path("version").asLong() > 0
				&& incident.path("version").asLong() == incident.path("analyzed_version").asLong();
	}

	private static String describe(JsonNode incident) {
		String services = incident.path("affected_services")
			.valueStream()
			.map(JsonNode::asString)
			.collect(Collectors.joining(", "));
		return incident.path("severity").asString() + " incident, " + incident.path("error_count").asLong()
				+ " signals, affected: " + services + (isAnalyzed(incident) ? "; cause found" : "");
	}

	private void conclude(JsonNode incident, Instant since) {
		String id = incident.path("id").asString();
		JsonNode analysis = this.client.get("/query/incidents/" + id + "/analysis");
		JsonNode explanation = analysis.path("ai_explanation");
		JsonNode best = explanation.path("hypotheses").path(0);
		this.out.println();
		this.out.println("Cause       " + best.path("statement").asString("none"));
		this.out.println("Verdict     " + explanation.path("verdict").asString() + ", confidence "
				+ Math.round(analysis.path("confidence_score").asDouble()) + " of 100, "
				+ Duration.between(since, Instant.now()).toSeconds() + " s after the fault began");
		for (JsonNode evidence : best.path("evidence")) {
			this.out.println("Evidence    " + evidence.path("statement").asString() + " ["
					+ evidence.path("signals").size() + " signals]");
		}
		for (JsonNode ruledOut : explanation.path("ruled_out")) {
			this.out.println(
					"Ruled out   " + ruledOut.path("service").asString() + ": " + ruledOut.path("reason").asString());
		}
		this.out.println("See it      " + this.url + "/incidents/" + id);
		this.out.println("Injected    " + this.fault.service() + ": " + this.fault.story());
		if (!best.path("service").asString("").equals(this.fault.service())) {
			throw new StartException("Whence blamed the wrong service.", null);
		}
	}

	private static void pause(Duration duration) {
		if (duration.isPositive()) {
			LockSupport.parkNanos(duration.toNanos());
		}
	}

}
