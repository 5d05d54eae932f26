package dev.whence.analysis.behaviour;

import java.util.Comparator;

/** Calls from one service to another. */
public record Edge(String caller, String callee) implements Comparable<Edge> {

	private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::caller).thenComparing(Edge::callee);

	/** Whether the service is one of its two ends. */
	public boolean touches(String service) {
		return this.caller.equals(service) || this.callee.equals(service);
	}

	/** The end that is not the service. */
	public String otherThan(String service) {
		return this.caller.equals(service) ? this.callee : this.caller;
	}

	@Override
	public int compareTo(Edge other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.caller + " -> " + this.callee;
	}

}
