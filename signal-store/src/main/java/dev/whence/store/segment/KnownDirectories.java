package dev.whence.store.segment;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Directories that were read lately. A stored segment never changes, and neither does its
 * directory; the caller checks that the segment still exists.
 */
final class KnownDirectories {

	/**
	 * Of all directories together as they are encoded; decoded they take some six times
	 * as much. A full segment has some eight thousand.
	 */
	private static final long MOST_BYTES = 4L * 1024 * 1024;

	/** What each takes besides, in the same measure. */
	private static final int EACH = 64;

	private final Map<UUID, Known> known = new LinkedHashMap<>(16, 0.75f, true);

	private long bytes;

	synchronized @Nullable Directory get(UUID segment) {
		Known found = this.known.get(segment);
		return (found != null) ? found.directory() : null;
	}

	/**
	 * @param bytes that the directory takes encoded
	 */
	synchronized void put(UUID segment, Directory directory, int bytes) {
		int weight = bytes + EACH;
		if (weight > MOST_BYTES) {
			return;
		}
		Known before = this.known.put(segment, new Known(directory, weight));
		this.bytes += weight - ((before != null) ? before.weight() : 0);
		for (Iterator<Known> eldest = this.known.values().iterator(); this.bytes > MOST_BYTES;) {
			this.bytes -= eldest.next().weight();
			eldest.remove();
		}
	}

	private record Known(Directory directory, int weight) {
	}

}
