package dev.whence.analysis.dryrun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.whence.analysis.grouping.CallGraph;
import dev.whence.analysis.incident.FormingRules;
import dev.whence.analysis.incident.MemberRow;
import dev.whence.analysis.incident.Past;
import dev.whence.analysis.incident.PastIncident;
import dev.whence.analysis.incident.Trouble;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.analysis.notification.route.Route;
import dev.whence.analysis.notification.route.RoutePlan;
import dev.whence.analysis.notification.route.Strategy;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What other rules make of a past that is told here. */
class ComparisonTests {

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	private static final FormingRules TODAY = new FormingRules(Duration.ofSeconds(120), 2, Severity.MEDIUM,
			Severity.HIGH);

	private static final UUID FIRST = new UUID(0, 1);

	private static final UUID SECOND = new UUID(0, 2);

	private static final UUID CHAT = new UUID(0, 9);

	private final List<Trouble> troubles = new ArrayList<>();

	@Test
	void unchangedRulesMakeTheSameIncidents() {
		trace("a", FIRST, "payment", 0, Severity.HIGH);
		trace("b", FIRST, "payment", 60, Severity.MEDIUM);
		trace("c", SECOND, "payment", 400, Severity.HIGH);
		Comparison comparison = compare(TODAY);
		assertThat(comparison.formed()).extracting(Formed::was).containsExactly(List.of(FIRST), List.of(SECOND));
		assertThat(comparison.formed()).extracting(Formed::continues).containsExactly(FIRST, SECOND);
		assertThat(comparison.formed()).extracting(Formed::members).containsExactly(2, 1);
		assertThat(comparison.formed()).extracting(Formed::number).containsExactly(1, 2);
		assertThat(comparison.merges()).isEmpty();
		assertThat(comparison.splits()).isEmpty();
		assertThat(comparison.vanishing()).isEmpty();
		assertThat(comparison.opening()).isEmpty();
		assertThat(comparison.held()).isEmpty();
	}

	@Test
	void aLargerGapMergesWhatASilenceSeparatedAndTheOlderGoesOn() {
		trace("a", FIRST, "payment", 0, Severity.HIGH);
		trace("b", SECOND, "payment", 200, Severity.MEDIUM);
		Comparison comparison = compare(gap(300));
		assertThat(comparison.merges()).singleElement().satisfies((group) -> {
			assertThat(group.was()).containsExactly(FIRST, SECOND);
			assertThat(group.continues()).isEqualTo(FIRST);
			assertThat(group.severity()).isEqualTo(Severity.HIGH);
			assertThat(group.firstSeen()).isEqualTo(TIME);
			assertThat(group.lastSeen()).isEqualTo(TIME.plusSeconds(200));
		});
		assertThat(comparison.vanishing()).isEmpty();
	}

	@Test
	void aSmallerGapSplitsAndTheLargerPartGoesOn() {
		trace("a", FIRST, "payment", 0, Severity.HIGH);
		trace("b", FIRST, "payment", 60, Severity.HIGH);
		trace("c", FIRST, "payment", 65, Severity.HIGH);
		Comparison comparison = compare(gap(30));
		assertThat(comparison.splits()).containsExactly(Map.entry(FIRST, List.of(1, 2)));
		assertThat(comparison.formed()).extracting(Formed::continues).containsExactly(null, FIRST);
		assertThat(comparison.formed().getFirst().title()).isEqualTo("payment: it failed");
		assertThat(comparison.formed().getLast().title()).isEqualTo("incident 1");
		assertThat(comparison.held()).isEmpty();
	}

	@Test
	void withoutReachServicesThatCallEachOtherAreIncidentsOfTheirOwn() {
		trace("a", FIRST, "gateway", 0, Severity.HIGH);
		trace("b", FIRST, "payment", 10, Severity.HIGH);
		Comparison comparison = compare(new FormingRules(TODAY.gap(), 0, TODAY.opensFrom(), TODAY.analysesFrom()));
		assertThat(comparison.formed()).extracting(Formed::services)
			.containsExactly(List.of("gateway"), List.of("payment"));
		assertThat(comparison.splits()).containsOnlyKeys(FIRST);
	}

	@Test
	void aHigherThresholdLetsVanishWhatIsNotGraveEnough() {
		trace("a", FIRST, "payment", 0, Severity.MEDIUM);
		trace("b", SECOND, "search", 0, Severity.HIGH);
		trace("c", SECOND, "search", 10, Severity.MEDIUM);
		Comparison comparison = compare(from(Severity.HIGH));
		assertThat(comparison.vanishing()).containsExactly(FIRST);
		assertThat(comparison.formed()).singleElement().satisfies((group) -> {
			assertThat(group.was()).containsExactly(SECOND);
			assertThat(group.members()).isEqualTo(1);
		});
	}

	@Test
	void aLowerThresholdOpensWhatWasNotGraveEnoughOrLetsItJoin() {
		trace("a", FIRST, "payment", 0, Severity.HIGH);
		trace("b", null, "payment", 20, Severity.LOW);
		trace("c", null, "batch", 20, Severity.LOW);
		assertThat(compare(TODAY).formed()).hasSize(1);
		Comparison comparison = compare(from(Severity.LOW));
		assertThat(comparison.opening()).extracting(Formed::services).containsExactly(List.of("batch"));
		assertThat(comparison.formed()).filteredOn((group) -> group.was().contains(FIRST))
			.singleElement()
			.satisfies((group) -> assertThat(group.members()).isEqualTo(2));
	}

	@Test
	void anIncidentThatCameBackAfterItsResolutionStaysOne() {
		trace("a", FIRST, "payment", 0, Severity.HIGH);
		trace("b", FIRST, "payment", 1800, Severity.HIGH);
		trace("c", SECOND, "search", 1800, Severity.HIGH);
		for (FormingRules rules : List.of(TODAY, gap(30), gap(600))) {
			Comparison comparison = compare(rules);
			assertThat(comparison.held()).containsExactly(FIRST);
			assertThat(comparison.formed()).extracting(Formed::was).containsExactly(List.of(FIRST), List.of(SECOND));
		}
	}

	@Test
	void whatAResolutionKeptApartStaysApart() {
		trace("a", FIRST, "payment", 0, Severity.HIGH);
		trace("b", SECOND, "payment", 60, Severity.HIGH);
		Comparison comparison = compare(gap(600));
		assertThat(comparison.held()).containsExactlyInAnyOrder(FIRST, SECOND);
		assertThat(comparison.merges()).isEmpty();
		assertThat(comparison.formed()).extracting(Formed::continues).containsExactly(FIRST, SECOND);
	}

	@Test
	void theOrderInWhichThePastIsReadDoesNotMatter() {
		trace("a", FIRST, "payment", 0, Severity.HIGH);
		trace("b", SECOND, "payment", 200, Severity.HIGH);
		trace("c", SECOND, "search", 210, Severity.MEDIUM);
		List<Formed> formed = compare(gap(300)).formed();
		Collections.reverse(this.troubles);
		assertThat(compare(gap(300)).formed()).isEqualTo(formed);
	}

	@Test
	void mergedIncidentsAreToldOnceAndSplitOnesOpenTwice() {
		trace("a", FIRST, "payment", 0, Severity.HIGH);
		trace("b", SECOND, "payment", 200, Severity.HIGH);
		RoutePlan plan = plan(Strategy.ALL_UPDATES);
		Map<UUID, List<NotificationType>> happened = Map.of(FIRST,
				List.of(NotificationType.OPENED, NotificationType.CAUSE_FOUND, NotificationType.RESOLVED), SECOND,
				List.of(NotificationType.OPENED, NotificationType.RESOLVED));
		Comparison merged = compare(gap(300));
		assertThat(Messages.ofPresent(merged.past().incidents(), plan, happened).of(CHAT)).isEqualTo(5);
		assertThat(Messages.ofFormed(merged.formed(), plan, happened).of(CHAT)).isEqualTo(3);
		assertThat(Messages.ofFormed(merged.formed(), plan(Strategy.NEW_ONLY), happened).total()).isEqualTo(1);
		assertThat(Messages.ofFormed(merged.formed(), plan(Strategy.NONE), happened).total()).isZero();
		trace("c", FIRST, "payment", 50, Severity.HIGH);
		Comparison split = compare(gap(30));
		assertThat(Messages.ofFormed(split.formed(), plan(Strategy.NEW_ONLY), happened).of(CHAT)).isEqualTo(3);
	}

	private Comparison compare(FormingRules changed) {
		List<PastIncident> incidents = this.troubles.stream()
			.map(Trouble::home)
			.filter(Objects::nonNull)
			.distinct()
			.map((id) -> new PastIncident(id, "incident " + id.getLeastSignificantBits(), Severity.HIGH,
					TIME.plusSeconds(id.getLeastSignificantBits()), TIME, TIME, List.of("payment")))
			.sorted(Comparator.comparing(PastIncident::id))
			.toList();
		return Comparison.of(new Past(incidents, this.troubles, List.of(),
				CallGraph.of(Map.of("gateway", Set.of("payment"))), false), TODAY, changed);
	}

	private void trace(String id, @Nullable UUID home, String service, long second, Severity severity) {
		Instant at = TIME.plusSeconds(second);
		this.troubles.add(new Trouble(id, new ProblemSubject(ProblemSubject.Kind.TRACE, id), home, false, false, false,
				List.of(new MemberRow(service + "/failed", service, "it failed", severity, true, 1, at, at))));
	}

	private static FormingRules gap(long seconds) {
		return new FormingRules(Duration.ofSeconds(seconds), TODAY.reach(), TODAY.opensFrom(), TODAY.analysesFrom());
	}

	private static FormingRules from(Severity severity) {
		return new FormingRules(TODAY.gap(), TODAY.reach(), severity, TODAY.analysesFrom());
	}

	private static RoutePlan plan(Strategy strategy) {
		return new RoutePlan(List.of(new Route(new UUID(0, 8), ProjectId.DEFAULT, CHAT, List.of("payment"),
				Severity.HIGH, strategy, true, TIME)));
	}

}
