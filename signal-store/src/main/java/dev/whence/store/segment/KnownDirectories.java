package dev.whence.store.segment;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Directories that were read lately. A stored segment never changes, so neither does its
 * directory; whether the segment is still there says whoever asks for it.
 */
final class KnownDirectories {

	/** Some 20 MB: the blocks of 500 full segments. */
	private static final int MOST_BLOCKS = 65_536;

	private final Map<UUID, Directory> known = new LinkedHashMap<>(16, 0.75f, true);

	private int blocks;

	synchronized @Nullable Directory get(UUID segment) {
		return this.known.get(segment);
	}

	synchronized void put(UUID segment, Directory directory) {
		Directory before = this.known.put(segment, directory);
		this.blocks += directory.blocks().size() - ((before != null) ? before.blocks().size() : 0);
		for (Iterator<Directory> eldest = this.known.values().iterator(); this.blocks > MOST_BLOCKS;) {
			this.blocks -= eldest.next().blocks().size();
			eldest.remove();
		}
	}

}
