package dev.whence.analysis.behaviour;

import java.util.Comparator;

/** What a service does, named as its spans are. */
public record Operation(String service, String name) implements Comparable<Operation> {

	private static final Comparator<Operation> ORDER = Comparator.comparing(Operation::service)
		.thenComparing(Operation::name);

	@Override
	public int compareTo(Operation other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.service + " " + this.name;
	}

}
