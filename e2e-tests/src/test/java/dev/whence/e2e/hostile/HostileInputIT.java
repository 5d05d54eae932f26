package dev.whence.e2e.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.e2e.hostile.Tally.Outcome;
import dev.whence.e2e.platform.Repository;
import dev.whence.testkit.kafka.KafkaServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The public list of hostile input against the six processes. After every case nothing
 * may have died, a good signal must be readable, and what is stored must be what the case
 * says.
 */
@Isolated
class HostileInputIT {

	private static final Logger logger = LoggerFactory.getLogger(HostileInputIT.class);

	/** For a quick look at some groups: their names, separated by commas. */
	private static final List<String> GROUPS = Stream.of(System.getProperty("whence.hostile.groups", "").split(","))
		.filter((group) -> !group.isBlank())
		.toList();

	private static final Set<String> SLOW = Set.of("slow_body", "idle_conns");

	/** These take all capacity or stop what others need: they come last. */
	private static final Set<String> ALONE = Set.of("overload", "fault");

	private static final Tally tally = new Tally();

	private static @Nullable WhenceSite site;

	private final Map<String, CompletableFuture<List<Answer>>> begun = new LinkedHashMap<>();

	@TestFactory
	Stream<DynamicNode> everyCaseIsAnsweredAsDecidedAndHarmsNothing() {
		List<HostileCase> cases = HostileCase.readAll(Repository.shared("data/bad_inputs.jsonl"))
			.stream()
			.filter((hostile) -> GROUPS.isEmpty() || GROUPS.contains(hostile.group()))
			.toList();
		WhenceSite whence = new WhenceSite();
		site = whence;
		cases.stream().filter((hostile) -> isSlow(hostile)).forEach((hostile) -> begin(hostile, whence));
		List<HostileCase> ordered = new ArrayList<>();
		cases.stream().filter((hostile) -> !isSlow(hostile) && !isAlone(hostile)).forEach(ordered::add);
		cases.stream().filter((hostile) -> isSlow(hostile)).forEach(ordered::add);
		cases.stream().filter((hostile) -> isAlone(hostile)).forEach(ordered::add);
		return ordered.stream()
			.collect(Collectors.groupingBy(HostileCase::group, LinkedHashMap::new, Collectors.toList()))
			.entrySet()
			.stream()
			.map((group) -> dynamicContainer(group.getKey(), tests(group.getKey(), group.getValue(), whence)));
	}

	@AfterAll
	static void printWhatBecameOfThem() {
		logger.info("hostile input:\n{}", tally.table());
		logger.info("decided otherwise:\n{}",
				Decision.ALL.entrySet()
					.stream()
					.sorted(Map.Entry.comparingByKey())
					.map((decision) -> decision.getKey() + " -> " + decision.getValue())
					.collect(Collectors.joining("\n")));
		logger.info("properties that are not seen from here: {}", Checker.UNSEEN);
		if (site != null) {
			site.close();
		}
	}

	private Stream<DynamicNode> tests(String group, List<HostileCase> cases, WhenceSite whence) {
		return Stream.concat(Stream.of(dynamicTest("a good signal is taken before " + group, whence::newCanary)),
				cases.stream().map((hostile) -> dynamicTest(hostile.toString(), () -> test(hostile, whence))));
	}

	private void test(HostileCase hostile, WhenceSite whence) throws Exception {
		Outcome outcome = Outcome.FAILED;
		try {
			Decision decision = Decision.ALL.get(hostile.id());
			List<String> violations = switch (hostile.group()) {
				case "overload" -> trouble(hostile, whence);
				case "kafka" -> {
					long deadLetters = new KafkaPoison(KafkaServer.shared().bootstrapServers()).produce(hostile.gen());
					assertThat(deadLetters).as("dead letters of the one group that reads it").isEqualTo(1);
					yield whence.complaints();
				}
				default -> {
					long before = whence.rows();
					List<Answer> answers = this.begun.containsKey(hostile.id()) ? this.begun.get(hostile.id()).join()
							: new Attack(hostile, whence).run();
					yield new Checker(hostile, decision).check(answers, before, whence);
				}
			};
			if (!violations.isEmpty()) {
				outcome = Outcome.FAILED;
			}
			else {
				outcome = (decision != null) ? Outcome.DECIDED_OTHERWISE : Outcome.AS_PROPOSED;
			}
			assertThat(violations).as(hostile.toString()).isEmpty();
		}
		finally {
			tally.add(hostile.group(), outcome);
		}
	}

	private static List<String> trouble(HostileCase hostile, WhenceSite whence) throws InterruptedException {
		Trouble trouble = new Trouble(hostile, whence);
		List<Answer> answers = trouble.run();
		List<String> violations = new ArrayList<>(whence.complaints());
		Map<Integer, Long> byStatus = answers.stream()
			.collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
		logger.info("{}: answers {}", hostile, byStatus);
		for (Answer answer : answers) {
			if (!hostile.statuses().contains(answer.status())) {
				violations.add("answered " + answer.summary());
			}
			if ((answer.status() == 429 || answer.status() == 503) && answer.header("retry-after").isEmpty()) {
				violations.add("no Retry-After with " + answer.summary());
			}
		}
		if (trouble.acknowledged().isEmpty()) {
			violations.add("nothing was acknowledged at all");
		}
		long once = whence.copiesOf(trouble.acknowledged(), false);
		long more = whence.copiesOf(trouble.acknowledged(), true);
		if (once != trouble.acknowledged().size() || more != 0) {
			violations.add(trouble.acknowledged().size() + " acknowledged, " + once + " stored once, " + more
					+ " stored more than once");
		}
		return violations.stream().distinct().limit(20).toList();
	}

	private void begin(HostileCase hostile, WhenceSite whence) {
		this.begun.put(hostile.id(), CompletableFuture.supplyAsync(() -> {
			try {
				return new Attack(hostile, whence).run();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, Executors.newVirtualThreadPerTaskExecutor()));
	}

	// They wait most of the time: all other cases are the good clients beside them.
	private static boolean isSlow(HostileCase hostile) {
		return SLOW.contains(hostile.kind()) || hostile.demands("bounded_time_ms<=35000");
	}

	private static boolean isAlone(HostileCase hostile) {
		return ALONE.contains(hostile.kind());
	}

}
