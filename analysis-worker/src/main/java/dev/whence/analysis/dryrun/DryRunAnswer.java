package dev.whence.analysis.dryrun;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.dryrun.DryRunBody.Span;
import dev.whence.analysis.incident.FormingRules;
import dev.whence.analysis.incident.PastIncident;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Both outcomes side by side.
 *
 * @param truncated whether there was more than is compared at most
 * @param merges groups that hold members of several incidents
 * @param splits incidents whose members would be in several groups
 * @param vanishes incidents that would not be
 * @param opens groups of which nothing is in any incident
 * @param held incidents that are not what today's rules alone make of their members:
 * resolved ones that came back, or what a person put together; they stay as they are
 * @param route what the route would send; null when none was to be tried
 */
record DryRunAnswer(Instant from, Instant to, boolean truncated, Side<Present> today, Side<Would> changed,
		List<Merge> merges, List<Split> splits, List<UUID> vanishes, List<Integer> opens, List<UUID> held,
		@Nullable Routed route) {

	static DryRunAnswer of(Span span, FormingRules today, FormingRules changed, Comparison comparison,
			Messages messagesToday, Messages messagesChanged, @Nullable Routed route) {
		Map<UUID, Integer> members = comparison.members();
		List<Present> incidents = comparison.past()
			.incidents()
			.stream()
			.map((incident) -> Present.of(incident, members.getOrDefault(incident.id(), 0)))
			.toList();
		List<Would> groups = comparison.formed().stream().map(Would::of).toList();
		return new DryRunAnswer(span.from(), span.to(), comparison.past().truncated(),
				new Side<>(Rules.of(today),
						new Counts(incidents.size(), incidents.stream().mapToInt(Present::members).sum(),
								analysed(comparison.past().incidents().stream().map(PastIncident::severity).toList(),
										today),
								messagesToday.total()),
						incidents),
				new Side<>(Rules.of(changed),
						new Counts(groups.size(), groups.stream().mapToInt(Would::members).sum(),
								analysed(comparison.formed().stream().map(Formed::severity).toList(), changed),
								messagesChanged.total()),
						groups),
				comparison.merges().stream().map((group) -> new Merge(group.number(), group.was())).toList(),
				comparison.splits()
					.entrySet()
					.stream()
					.map((split) -> new Split(split.getKey(), split.getValue()))
					.toList(),
				comparison.vanishing(), comparison.opening().stream().map(Formed::number).toList(),
				comparison.held().stream().sorted().toList(), route);
	}

	private static int analysed(List<Severity> severities, FormingRules rules) {
		return (int) severities.stream().filter((severity) -> severity.isAtLeast(rules.analysesFrom())).count();
	}

	/** One outcome. */
	record Side<T>(Rules rules, Counts counts, List<T> incidents) {
	}

	/** The rules as the API spells them. */
	record Rules(String gap, int reach, @JsonProperty("opens_from") String opensFrom,
			@JsonProperty("analyses_from") String analysesFrom) {

		static Rules of(FormingRules rules) {
			return new Rules(rules.gap().toString(), rules.reach(), rules.opensFrom().wireName(),
					rules.analysesFrom().wireName());
		}

	}

	/**
	 * @param analysed how many are grave enough to be analysed
	 * @param messages for all channels together, by the routes alone
	 */
	record Counts(int incidents, int members, int analysed, int messages) {
	}

	/** An incident as it is. */
	record Present(UUID id, String title, String severity, @JsonProperty("first_seen") Instant firstSeen,
			@JsonProperty("last_seen") Instant lastSeen, List<String> services, int members) {

		static Present of(PastIncident incident, int members) {
			return new Present(incident.id(), incident.title(), incident.severity().wireName(), incident.firstSeen(),
					incident.lastSeen(), incident.services(), members);
		}

	}

	/** An incident that would be. */
	record Would(int number, String title, String severity, @JsonProperty("first_seen") Instant firstSeen,
			@JsonProperty("last_seen") Instant lastSeen, List<String> services, int members, List<UUID> was,
			@Nullable UUID continues) {

		static Would of(Formed formed) {
			return new Would(formed.number(), formed.title(), formed.severity().wireName(), formed.firstSeen(),
					formed.lastSeen(), formed.services(), formed.members(), formed.was(), formed.continues());
		}

	}

	record Merge(int number, List<UUID> was) {
	}

	record Split(UUID id, List<Integer> numbers) {
	}

	/**
	 * What the channel of the route hears of.
	 *
	 * @param today what the channel was due by the routes that there are
	 * @param messages what it would be due with the route that is tried, under the
	 * changed rules
	 */
	record Routed(int today, int messages) {
	}

}
