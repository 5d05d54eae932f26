package dev.whence.analysis.grouping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PartitionTests {

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	private static final GroupingParameters PARAMETERS = new GroupingParameters(Duration.ofSeconds(120), 2);

	/** Two shops that never call each other. */
	private static final CallGraph SHOPS = CallGraph
		.of(Map.of("gateway", Set.of("payment", "inventory"), "payment", Set.of("bank"), "blog", Set.of("images")));

	@Test
	void theOrderInWhichThingsBecomeKnownDoesNotMatter() {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			List<Member> members = anything(random);
			CallGraph graph = anyGraph(random);
			Set<Set<String>> expected = partition(members, graph);
			for (int order = 0; order < 5; order++) {
				Collections.shuffle(members, random);
				assertThat(partition(members, graph)).as("seed %d", seed).isEqualTo(expected);
			}
		}
	}

	@Test
	void everythingIsInExactlyOneGroup() {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			List<Member> members = anything(random);
			List<String> grouped = Partition.of(members, anyGraph(random), PARAMETERS, Flapping.ASSUMED)
				.stream()
				.flatMap((group) -> group.members().stream())
				.map(Member::id)
				.toList();
			assertThat(grouped).containsExactlyInAnyOrderElementsOf(members.stream().map(Member::id).toList());
		}
	}

	@Test
	void whatAPersonPutTogetherOrApartStaysSo() {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			List<Member> members = new ArrayList<>();
			Map<String, String> pins = new HashMap<>();
			for (Member member : anything(random)) {
				String pin = random.nextInt(3) == 0 ? "pin" + random.nextInt(3) : null;
				members.add(new Member(member.id(), member.start(), member.end(), member.services(), member.problems(),
						member.alert(), member.repeats(), pin));
				if (pin != null) {
					pins.put(member.id(), pin);
				}
			}
			Map<String, Integer> groupOf = new HashMap<>();
			for (Group group : Partition.of(members, anyGraph(random), PARAMETERS, Flapping.ASSUMED)) {
				int number = groupOf.size();
				group.members().forEach((member) -> groupOf.put(member.id(), number));
			}
			pins.forEach((one,
					pin) -> pins.forEach((other, otherPin) -> assertThat(groupOf.get(one).equals(groupOf.get(other)))
						.as("%s and %s", one, other)
						.isEqualTo(pin.equals(otherPin))));
		}
	}

	@Test
	void troubleAlongACallIsOneAndElsewhereAnother() {
		assertThat(groups(SHOPS, signal("p", 0, "payment"), signal("b", 5, "bank"), signal("i", 6, "images")))
			.containsExactlyInAnyOrder(Set.of("p", "b"), Set.of("i"));
	}

	@Test
	void aServiceBetweenThatSaysNothingIsBridged() {
		assertThat(groups(SHOPS, signal("g", 0, "gateway"), signal("b", 5, "bank"))).hasSize(1);
	}

	@Test
	void servicesThatOnlyShareACallerAreTwoRoots() {
		assertThat(groups(SHOPS, signal("p", 0, "payment"), signal("i", 1, "inventory"))).hasSize(2);
	}

	@Test
	void aLateTraceShowsThatTwoAreOne() {
		Member left = signal("left", 0, "payment");
		Member right = signal("right", 200, "payment");
		assertThat(groups(SHOPS, left, right)).hasSize(2);
		assertThat(groups(SHOPS, left, right, signal("late", 100, "payment"))).hasSize(1);
	}

	@Test
	void aLongSilenceSeparates() {
		assertThat(groups(SHOPS, signal("a", 0, "payment"), signal("b", 120, "payment"))).hasSize(1);
		assertThat(groups(SHOPS, signal("a", 0, "payment"), signal("b", 121, "payment"))).hasSize(2);
	}

	@Test
	void signalsOfServicesWithoutCallsAreOneForEachService() {
		assertThat(
				groups(CallGraph.unknown(), signal("a", 0, "cron"), signal("b", 10, "cron"), signal("c", 11, "mail")))
			.containsExactlyInAnyOrder(Set.of("a", "b"), Set.of("c"));
	}

	@Test
	void alertsOfWhichNothingIsKnownAreJoinedByTimeAlone() {
		assertThat(groups(CallGraph.unknown(), alert("a", 0, ""), alert("b", 100, "x"), alert("c", 200, ""),
				alert("d", 400, "y"), alert("e", 500, "")))
			.containsExactlyInAnyOrder(Set.of("a", "b", "c"), Set.of("d", "e"));
	}

	@Test
	void anAlertOfWhichNothingIsKnownGoesToTheNearestAndTiesNothingTogether() {
		assertThat(groups(SHOPS, signal("p", 0, "payment"), signal("i", 60, "images"), alert("a", 20, "")))
			.containsExactlyInAnyOrder(Set.of("p", "a"), Set.of("i"));
	}

	@Test
	void alertsInPartsThatNeverCallEachOtherAreTwo() {
		assertThat(groups(SHOPS, alert("p", 0, "payment"), alert("i", 1, "images"), alert("g", 2, "gateway"),
				alert("b", 3, "blog")))
			.containsExactlyInAnyOrder(Set.of("p", "g"), Set.of("i", "b"));
	}

	@Test
	void manyAlertsThatFireAgainTogetherAreASecondOnset() {
		List<Member> members = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			members.add(alert("first" + i, i, "s" + i));
			members.add(new Member("second" + i, TIME.plusSeconds(80).plusMillis(i * 100L),
					TIME.plusSeconds(80).plusMillis(i * 100L), Set.of("s" + i), Set.of("alert-s" + i), true, true,
					null));
		}
		List<Group> groups = Partition.of(members, CallGraph.unknown(), PARAMETERS, Flapping.ASSUMED);
		assertThat(groups).hasSize(2);
		assertThat(groups.getLast().members()).extracting(Member::id).allMatch((id) -> id.startsWith("second"));
		Member first = groups.getLast().members().getFirst();
		assertThat(groups.getLast().why(first, CallGraph.unknown(), PARAMETERS).rule()).isEqualTo("refire");
	}

	@Test
	void flappingIsNoSecondOnset() {
		for (int seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			List<Member> members = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				members.add(alert("a" + i, i % 20, "s" + i));
				if (random.nextInt(10) == 0) {
					Instant again = TIME.plusSeconds(i % 20 + 12 + random.nextInt(80));
					members.add(new Member("again" + i, again, again, Set.of("s" + i), Set.of("alert-s" + i), true,
							true, null));
				}
			}
			assertThat(Partition.of(members, CallGraph.unknown(), PARAMETERS, new Flapping(20, 300)))
				.as("seed %d", seed)
				.hasSize(1);
		}
	}

	@Test
	void everyMemberHasAReason() {
		Member opener = signal("p", 0, "payment");
		Member same = signal("q", 1, "payment");
		Member called = signal("b", 5, "bank");
		Member loose = alert("a", 30, "");
		Group group = Partition.of(List.of(opener, same, called, loose), SHOPS, PARAMETERS, Flapping.ASSUMED)
			.getFirst();
		assertThat(group.why(opener, SHOPS, PARAMETERS).sentence()).isEqualTo("opened the incident");
		assertThat(group.why(same, SHOPS, PARAMETERS).rule()).isEqualTo("same-problem");
		assertThat(group.why(called, SHOPS, PARAMETERS)).isEqualTo(new Reason("call-path",
				Map.of("caller", "payment", "callee", "bank", "hops", "1"), "payment calls bank"));
		assertThat(group.why(loose, SHOPS, PARAMETERS).sentence()).isEqualTo("within 25 s of the rest");
	}

	private static Set<Set<String>> groups(CallGraph graph, Member... members) {
		return partition(List.of(members), graph);
	}

	private static Set<Set<String>> partition(Collection<Member> members, CallGraph graph) {
		Set<Set<String>> ids = new HashSet<>();
		Partition.of(members, graph, PARAMETERS, Flapping.ASSUMED)
			.forEach((group) -> ids.add(new HashSet<>(group.members().stream().map(Member::id).toList())));
		return ids;
	}

	private static Member signal(String id, long second, String service) {
		Instant at = TIME.plusSeconds(second);
		return new Member(id, at, at, Set.of(service), Set.of("problem-" + service), false, false, null);
	}

	private static Member alert(String id, long second, String service) {
		Instant at = TIME.plusSeconds(second);
		return new Member(id, at, at, service.isEmpty() ? Set.of() : Set.of(service),
				Set.of("alert-" + (service.isEmpty() ? id : service)), true, true, null);
	}

	private static List<Member> anything(Random random) {
		List<Member> members = new ArrayList<>();
		int count = 1 + random.nextInt(60);
		for (int i = 0; i < count; i++) {
			Instant start = TIME.plusSeconds(random.nextInt(900));
			String service = "s" + random.nextInt(8);
			boolean alert = random.nextBoolean();
			Instant end = alert ? start : start.plusSeconds(random.nextInt(60));
			Set<String> services = (random.nextInt(5) == 0 && alert) ? Set.of() : Set.of(service);
			members.add(new Member("m" + i, start, end, services, Set.of(service + random.nextInt(3)), alert,
					random.nextInt(4) > 0, null));
		}
		return members;
	}

	private static CallGraph anyGraph(Random random) {
		Map<String, Set<String>> callees = new HashMap<>();
		for (int i = random.nextInt(8); i > 0; i--) {
			callees.computeIfAbsent("s" + random.nextInt(8), (_) -> new HashSet<>()).add("s" + random.nextInt(8));
		}
		return CallGraph.of(callees);
	}

}
