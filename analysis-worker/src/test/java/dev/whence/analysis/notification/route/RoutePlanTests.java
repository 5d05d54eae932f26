package dev.whence.analysis.notification.route;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.analysis.notification.Told;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoutePlanTests {

	private static final UUID PAGER = new UUID(0, 1);

	private static final UUID CHAT = new UUID(0, 2);

	@Test
	void aChannelHearsOfIncidentsOfItsServicesAndSeverity() {
		RoutePlan plan = plan(route(PAGER, Severity.HIGH, Strategy.ALL_UPDATES, "payment"),
				route(CHAT, Severity.LOW, Strategy.NEW_ONLY));
		assertThat(plan.audience(List.of("gateway", "payment"), Severity.CRITICAL))
			.containsExactly(Map.entry(PAGER, Strategy.ALL_UPDATES), Map.entry(CHAT, Strategy.NEW_ONLY));
		assertThat(plan.audience(List.of("payment"), Severity.MEDIUM)).containsOnlyKeys(CHAT);
		assertThat(plan.audience(List.of("search"), Severity.CRITICAL)).containsOnlyKeys(CHAT);
	}

	@Test
	void aRouteThatNamesTheServiceBeatsOneThatNamesNone() {
		RoutePlan plan = plan(route(CHAT, Severity.LOW, Strategy.ALL_UPDATES),
				route(CHAT, Severity.LOW, Strategy.NONE, "batch"));
		assertThat(plan.audience(List.of("batch"), Severity.HIGH)).isEmpty();
		assertThat(plan.audience(List.of("payment"), Severity.HIGH)).containsEntry(CHAT, Strategy.ALL_UPDATES);
	}

	@Test
	void amongEqualRoutesTheMostTalkativeWins() {
		RoutePlan plan = plan(route(CHAT, Severity.LOW, Strategy.ALL_UPDATES, "b"),
				route(CHAT, Severity.LOW, Strategy.NONE, "a"), route(CHAT, Severity.LOW, Strategy.NEW_ONLY, "a"));
		assertThat(plan.audience(List.of("a"), Severity.HIGH)).containsEntry(CHAT, Strategy.NEW_ONLY);
		assertThat(plan.audience(List.of("a", "b"), Severity.HIGH)).containsEntry(CHAT, Strategy.ALL_UPDATES);
	}

	private static RoutePlan plan(Route... routes) {
		return new RoutePlan(List.of(routes));
	}

	private static Route route(UUID channel, Severity severity, Strategy strategy, String... services) {
		return new Route(UUID.randomUUID(), ProjectId.DEFAULT, channel, List.of(services), severity, strategy, true,
				Told.TIME);
	}

}
