package dev.whence.analysis.rootcause;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Something that happened, at the time when it was first seen. */
public record TimelineEntry(Instant at, String what, String service, Kind kind, List<UUID> signals) {

	/** What kind of thing happened. */
	public enum Kind {

		CHANGE, ANOMALY, ALERT, DETECTION

	}

}
