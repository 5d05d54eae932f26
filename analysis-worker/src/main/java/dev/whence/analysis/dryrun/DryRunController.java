package dev.whence.analysis.dryrun;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

import dev.whence.analysis.dryrun.DryRunAnswer.Routed;
import dev.whence.analysis.dryrun.DryRunBody.RouteBody;
import dev.whence.analysis.dryrun.DryRunBody.Span;
import dev.whence.analysis.incident.FormingRules;
import dev.whence.analysis.incident.Past;
import dev.whence.analysis.incident.PastIncident;
import dev.whence.analysis.incident.PastReader;
import dev.whence.analysis.notification.channel.Channels;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.analysis.notification.message.Transition;
import dev.whence.analysis.notification.message.Transitions;
import dev.whence.analysis.notification.route.Route;
import dev.whence.analysis.notification.route.RoutePlan;
import dev.whence.analysis.notification.route.Routes;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells what other rules would have made of the past. */
@RestController
@Tag(name = "Incidents")
class DryRunController {

	/** Each holds a week in memory; a third comes again. */
	private static final int AT_ONCE = 2;

	private static final Duration ALL_HISTORY = Duration.ofDays(36_500);

	private static final Transitions.Mark START = new Transitions.Mark(0, 0);

	private final Semaphore room = new Semaphore(AT_ONCE);

	private final PastReader past;

	private final Routes routes;

	private final Channels channels;

	private final Transitions transitions;

	private final InstantSource clock;

	DryRunController(PastReader past, Routes routes, Channels channels, Transitions transitions, InstantSource clock) {
		this.past = past;
		this.routes = routes;
		this.channels = channels;
		this.transitions = transitions;
		this.clock = clock;
	}

	@PostMapping("/query/incidents/dry-run")
	@Operation(summary = "Try other rules on the past",
			description = "Forms the incidents of the last 24 hours, or of at most 7 days, as another gap, reach, threshold or "
					+ "route would have, and shows them beside those that there are. Changes nothing. Messages are "
					+ "counted by the routes alone, before maintenance windows and rate limits.")
	DryRunAnswer run(ProjectId project, @Valid @RequestBody(required = false) @Nullable DryRunBody body) {
		DryRunBody wanted = (body != null) ? body : DryRunBody.EMPTY;
		Instant now = this.clock.instant();
		Span span = wanted.span(now);
		FormingRules today = this.past.rules();
		FormingRules changed = wanted.rules(today);
		Route route = (wanted.route() != null) ? route(project, wanted.route(), now) : null;
		if (!this.room.tryAcquire()) {
			throw new ProblemException(ProblemCode.OVERLOADED, "Other dry runs are going on");
		}
		try {
			return run(project, span, today, changed, route);
		}
		finally {
			this.room.release();
		}
	}

	private Route route(ProjectId project, RouteBody body, Instant now) {
		Route route = body.route(project, now);
		if (body.channel() != null && !this.channels.exists(project, body.channel())) {
			throw DryRunBody.invalid("route/channel", "is no channel of this project");
		}
		return route;
	}

	private DryRunAnswer run(ProjectId project, Span span, FormingRules today, FormingRules changed,
			@Nullable Route route) {
		Past past = this.past.read(project, span.from(), span.to(), changed);
		Comparison comparison = Comparison.of(past, today, changed);
		RoutePlan plan = this.routes.plan(project);
		RoutePlan tried = (route != null) ? with(plan, route) : plan;
		Map<UUID, List<NotificationType>> happened = tried.routes().isEmpty() ? Map.of() : happened(past.incidents());
		Messages present = Messages.ofPresent(past.incidents(), plan, happened);
		Messages formed = Messages.ofFormed(comparison.formed(), tried, happened);
		return DryRunAnswer.of(span, today, changed, comparison, present, formed,
				(route != null) ? new Routed(present.of(route.channel()), formed.of(route.channel())) : null);
	}

	private static RoutePlan with(RoutePlan plan, Route route) {
		List<Route> routes = new ArrayList<>(plan.routes());
		routes.add(route);
		return new RoutePlan(routes);
	}

	private Map<UUID, List<NotificationType>> happened(List<PastIncident> incidents) {
		Map<UUID, List<NotificationType>> happened = new HashMap<>();
		incidents.forEach((incident) -> happened.put(incident.id(),
				this.transitions.between(incident.id(), START, this.transitions.end(incident.id()), ALL_HISTORY)
					.stream()
					.map(Transition::type)
					.toList()));
		return happened;
	}

}
