package dev.whence.analysis.notification.route;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.Severity;

/**
 * What the routes of a project say together: for each channel, routes that name a service
 * of the incident beat those that name none, so that one route can mute a service; among
 * equals the most talkative wins.
 */
public record RoutePlan(List<Route> routes) {

	private static final Comparator<Route> MORE_SAY = Comparator.comparing(Route::isSpecific)
		.thenComparing(Route::strategy);

	/**
	 * The channels that hear of such an incident, and how much, in the order of their
	 * ids.
	 */
	public SortedMap<UUID, Strategy> audience(Collection<String> affected, Severity severity) {
		Map<UUID, Route> decisive = this.routes.stream()
			.filter((route) -> route.matches(affected, severity))
			.collect(Collectors.toMap(Route::channel, (route) -> route,
					(one, other) -> (MORE_SAY.compare(one, other) >= 0) ? one : other));
		SortedMap<UUID, Strategy> audience = new TreeMap<>();
		decisive.forEach((channel, route) -> {
			if (route.strategy() != Strategy.NONE) {
				audience.put(channel, route.strategy());
			}
		});
		return audience;
	}

}
