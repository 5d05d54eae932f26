package dev.whence.query.incident;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.whence.query.incident.IncidentFilter.Facet;
import org.jspecify.annotations.Nullable;

/**
 * How many incidents a search finds, by what one could narrow it. Each list counts what
 * would be found if its own condition were not there, so that it says what another choice
 * would find.
 */
record IncidentFacets(long total, List<Count> status, List<Count> state, List<Count> severity, List<Count> service,
		List<Count> assignee) {

	static IncidentFacets of(long total, Map<Facet, List<Count>> counts) {
		return new IncidentFacets(total, of(counts, Facet.STATUS), of(counts, Facet.STATE), of(counts, Facet.SEVERITY),
				of(counts, Facet.SERVICE), of(counts, Facet.ASSIGNEE));
	}

	private static List<Count> of(Map<Facet, List<Count>> counts, Facet facet) {
		return counts.getOrDefault(facet, List.of());
	}

	/**
	 * How many have a value.
	 *
	 * @param value null for those that nobody has
	 */
	record Count(@Nullable String value, long count) {

		static Count of(Facet facet, @Nullable String value, long count) {
			boolean word = facet != Facet.SERVICE && facet != Facet.ASSIGNEE;
			return new Count((word && value != null) ? value.toLowerCase(Locale.ROOT) : value, count);
		}

	}

}
