package dev.whence.standalone.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.whence.standalone.StartException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plays faults in a small shop, and follows what Whence makes of them until the causes
 * are on the screen. The quiet ones happened some minutes ago, so that nobody waits for
 * them; one that is loud happens now. All of it takes less than three minutes.
 */
public final class Demo {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * Minutes are looked at once nothing came for 20 s, and only those after the latest
	 * that was: in an installation that was in use, an alert has to report the rest.
	 */
	private static final Duration DETECTED_WITHIN = Duration.ofSeconds(50);

	private static final Duration POLL = Duration.ofMillis(300);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

	private final DemoClient client;

	private final DemoOptions options;

	private final PrintStream out;

	private final Progress progress;

	private final Shopping shopping;

	private final List<Fault> mistaken = new ArrayList<>();

	private Demo(DemoOptions options, Random random, PrintStream out) {
		this.client = new DemoClient(options.url());
		this.options = options;
		this.out = out;
		this.progress = Progress.on(out);
		this.shopping = new Shopping(this.client, this.progress, random);
	}

	/**
	 * Reads {@code --url URL} and {@code --fault NAME} and plays the demo, or, where the
	 * first word is {@code runs}, that of decision runs.
	 * @throws StartException when it does not end with the right causes
	 */
	public static void run(String[] args) {
		if (args.length > 0 && args[0].equals("runs")) {
			DecisionDemo.run(Arrays.copyOfRange(args, 1, args.length));
			return;
		}
		Random random = new Random();
		DemoOptions options = DemoOptions.parse(args, random);
		if (options.faults().isEmpty()) {
			System.out.print(DemoOptions.help());
			return;
		}
		new Demo(options, random, System.out).play();
	}

	private void play() {
		this.out
			.println("A shop of seven services opens: web-frontend, checkout, pricing, inventory, payment, shipping, "
					+ "mail.");
		Rehearsal rehearsal = rehearsal();
		if (rehearsal != null) {
			this.shopping.pass(rehearsal);
		}
		Instant sent = Instant.now();
		for (Fault fault : this.options.faults()) {
			if (fault instanceof LoudFault loud) {
				playLive(loud, rehearsal);
			}
		}
		if (rehearsal != null) {
			followRehearsed(rehearsal, sent);
		}
		if (!this.mistaken.isEmpty()) {
			throw new StartException(
					"Whence blamed another than the one to blame for "
							+ this.mistaken.stream().map(Fault::optionName).collect(Collectors.joining(", ")) + ".",
					null);
		}
	}

	/** The quiet faults; null when there are none to play. */
	private @Nullable Rehearsal rehearsal() {
		List<QuietFault> faults = this.options.faults()
			.stream()
			.filter(QuietFault.class::isInstance)
			.map(QuietFault.class::cast)
			.toList();
		if (faults.isEmpty()) {
			return null;
		}
		Rehearsal rehearsal = Rehearsal.before(Instant.now(), faults);
		Optional<Instant> open = lastOpen(rehearsal);
		if (open.isEmpty()) {
			return rehearsal;
		}
		String taken = "Quiet faults need %d minutes in which nothing else happened in the shop, but it was open at %s. "
			.formatted(rehearsal.minutes().size(), TIME.format(open.get()))
				+ "Play them from %s on, or with an empty --data folder."
					.formatted(TIME.format(rehearsal.freeAfter(open.get())));
		if (faults.size() == this.options.faults().size()) {
			throw new StartException(taken, null);
		}
		this.out.println(taken);
		return null;
	}

	private Optional<Instant> lastOpen(Rehearsal rehearsal) {
		return this.client
			.get("/query/signals?service_name=web-frontend&signal_type=TRACE&limit=1000&start_time=" + rehearsal.start()
					+ "&end_time=" + rehearsal.end().plus(Rehearsal.MINUTE))
			.path("items")
			.valueStream()
			.map((span) -> Instant.parse(span.path("timestamp").asString()))
			.max(Instant::compareTo);
	}

	private void playLive(LoudFault fault, @Nullable Rehearsal rehearsal) {
		Instant begin = this.shopping.live(fault);
		this.out.println("Sent " + this.shopping.signals()
				+ " logs, spans and metric points. Watching what Whence makes of them:");
		JsonNode incident = followLive(begin, rehearsal);
		conclude(fault, incident, Duration.between(begin, Instant.now()).toSeconds() + " s after the fault began");
	}

	// Follows the incident that has signals since the fault until its newest version has
	// an analysis.
	private JsonNode followLive(Instant since, @Nullable Rehearsal rehearsal) {
		Instant patience = Instant.now().plus(PATIENCE);
		String told = "";
		while (Instant.now().isBefore(patience)) {
			Optional<JsonNode> incident = incident(
					(one) -> !Instant.parse(one.path("last_seen").asString()).isBefore(since)
							&& (rehearsal == null || !rehearsal.holds(firstSeen(one))));
			if (incident.isPresent()) {
				String state = describe(incident.get());
				if (!state.equals(told)) {
					this.out.println("  " + Duration.between(since, Instant.now()).toSeconds() + " s  " + state);
					told = state;
				}
				if (isAnalyzed(incident.get())) {
					return incident.get();
				}
			}
			Shopping.pause(POLL);
		}
		throw new StartException("No cause was found within " + PATIENCE.toSeconds() + " s; ./whence logs may say why.",
				null);
	}

	private void followRehearsed(Rehearsal rehearsal, Instant sent) {
		this.out.println();
		this.out.println("Quiet faults, without an error anywhere, happened between " + TIME.format(rehearsal.start())
				+ " and " + TIME.format(rehearsal.end()) + ". Whence compares each minute with normal ones:");
		Map<QuietFault, JsonNode> found = new EnumMap<>(QuietFault.class);
		Instant alertAt = sent.plus(DETECTED_WITHIN);
		boolean alerted = false;
		int told = -1;
		Instant patience = alertAt.plus(PATIENCE);
		while (found.size() < rehearsal.faults().size() && Instant.now().isBefore(patience)) {
			rehearsal.faults()
				.stream()
				.filter((fault) -> !found.containsKey(fault))
				.forEach((fault) -> incident((one) -> rehearsal.isAbout(fault, firstSeen(one)) && isAnalyzed(one))
					.ifPresent((incident) -> found.put(fault, incident)));
			this.progress.step("  %3d s  %d of %d incidents analyzed"
				.formatted(Duration.between(sent, Instant.now()).toSeconds(), found.size(), rehearsal.faults().size()),
					found.size() != told);
			told = found.size();
			if (!alerted && Instant.now().isAfter(alertAt)) {
				alert(rehearsal, found);
				alerted = true;
			}
			Shopping.pause(POLL);
		}
		this.progress.end();
		rehearsal.faults().forEach((fault) -> conclude(fault, found.get(fault), rehearsal));
	}

	// Minutes before the latest that was looked at are history for detection.
	private void alert(Rehearsal rehearsal, Map<QuietFault, JsonNode> found) {
		List<Map<String, Object>> alerts = rehearsal.faults()
			.stream()
			.filter((fault) -> !found.containsKey(fault))
			.map(rehearsal::alert)
			.toList();
		if (!alerts.isEmpty()) {
			this.client.alert(alerts);
			this.progress.end();
			this.out.println("  Nothing was noticed of the others yet: alerts tell what customers saw.");
		}
	}

	private void conclude(QuietFault fault, @Nullable JsonNode incident, Rehearsal rehearsal) {
		if (incident == null) {
			this.out.println();
			this.out.println("Nothing was found of " + fault.optionName() + ".");
			this.mistaken.add(fault);
			return;
		}
		Instant begin = rehearsal.beginOf(fault);
		conclude(fault, incident, "in the minutes from " + TIME.format(begin) + " to "
				+ TIME.format(begin.plus(Rehearsal.MINUTE.multipliedBy(Rehearsal.FAULTY))));
	}

	private void conclude(Fault fault, JsonNode incident, String when) {
		String id = incident.path("id").asString();
		Conclusion conclusion = new Conclusion(fault, this.client.get("/query/incidents/" + id + "/analysis"),
				this.options.url() + "/incidents/" + id);
		this.out.println();
		conclusion.lines(when).forEach(this.out::println);
		if (!conclusion.isRight()) {
			this.mistaken.add(fault);
		}
	}

	private Optional<JsonNode> incident(Predicate<JsonNode> condition) {
		return this.client.get("/query/incidents?limit=50").path("items").valueStream().filter(condition).findFirst();
	}

	private static Instant firstSeen(JsonNode incident) {
		return Instant.parse(incident.path("first_seen").asString());
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

}
