package dev.whence.analysis.incident;

import java.util.List;

import dev.whence.analysis.grouping.CallGraph;
import dev.whence.analysis.grouping.Member;

/**
 * What happened in a stretch of time, as far as rules for forming incidents ask.
 *
 * @param incidents that went on at any time of it, oldest first
 * @param troubles all that these consist of, and what is in no incident but would be
 * admitted by the rules that are tried
 * @param firedBefore the firings before the first of these, oldest first: what is usual
 * @param calls who calls whom among the services concerned
 * @param truncated whether there was more than is read at most
 */
public record Past(List<PastIncident> incidents, List<Trouble> troubles, List<Member> firedBefore, CallGraph calls,
		boolean truncated) {

	public Past {
		incidents = List.copyOf(incidents);
		troubles = List.copyOf(troubles);
		firedBefore = List.copyOf(firedBefore);
	}

}
