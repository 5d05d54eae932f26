package dev.whence.analysis.dryrun;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.whence.analysis.incident.PastIncident;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.analysis.notification.route.RoutePlan;
import dev.whence.analysis.notification.route.Strategy;
import dev.whence.model.Severity;

/**
 * How many messages each channel is due, by the routes alone: what maintenance windows
 * and rate limits hold back, and what one message says together with another, is counted,
 * too.
 *
 * @param perChannel channels that hear of nothing are left out
 */
record Messages(Map<UUID, Integer> perChannel) {

	Messages {
		perChannel = Map.copyOf(perChannel);
	}

	/**
	 * What the incidents as they are gave reason for.
	 * @param happened per incident, what people could hear of
	 */
	static Messages ofPresent(List<PastIncident> incidents, RoutePlan plan,
			Map<UUID, List<NotificationType>> happened) {
		Map<UUID, Integer> due = new TreeMap<>();
		incidents.forEach((incident) -> add(due, plan, incident.services(), incident.severity(),
				happened.getOrDefault(incident.id(), List.of())));
		return new Messages(due);
	}

	/**
	 * What those that would be would give reason for: one that goes on has the history of
	 * its incident, another one opens.
	 */
	static Messages ofFormed(List<Formed> formed, RoutePlan plan, Map<UUID, List<NotificationType>> happened) {
		Map<UUID, Integer> due = new TreeMap<>();
		for (Formed group : formed) {
			List<NotificationType> opened = List.of(NotificationType.OPENED);
			UUID continues = group.continues();
			add(due, plan, group.services(), group.severity(),
					(continues != null) ? happened.getOrDefault(continues, opened) : opened);
		}
		return new Messages(due);
	}

	int total() {
		return this.perChannel.values().stream().mapToInt(Integer::intValue).sum();
	}

	int of(UUID channel) {
		return this.perChannel.getOrDefault(channel, 0);
	}

	private static void add(Map<UUID, Integer> due, RoutePlan plan, Collection<String> services, Severity severity,
			List<NotificationType> happened) {
		plan.audience(services, severity).forEach((channel, strategy) -> {
			int messages = (int) happened.stream().filter((type) -> hears(strategy, type)).count();
			if (messages > 0) {
				due.merge(channel, messages, Integer::sum);
			}
		});
	}

	private static boolean hears(Strategy strategy, NotificationType type) {
		return switch (strategy) {
			case NONE -> false;
			case ALL_UPDATES -> true;
			case NEW_ONLY -> type == NotificationType.OPENED || type == NotificationType.REGRESSED;
		};
	}

}
