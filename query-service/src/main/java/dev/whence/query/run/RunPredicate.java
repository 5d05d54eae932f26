package dev.whence.query.run;

import java.util.Objects;
import java.util.function.Predicate;

import dev.whence.model.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a list of runs wants of them besides name and time; null admits everything.
 *
 * @param tag {@code key:value}, or a key alone
 */
record RunPredicate(@Nullable RunStatus status, @Nullable String tag, @Nullable Double minCost,
		@Nullable Double maxCost) implements Predicate<RunView> {

	@Override
	public boolean test(RunView run) {
		return (this.status == null || run.status() == this.status) && (this.tag == null || isTagged(run, this.tag))
				&& (this.minCost == null || run.totalCost() >= this.minCost)
				&& (this.maxCost == null || run.totalCost() <= this.maxCost);
	}

	// Keys and values may hold colons, so every place where one may end is tried.
	private static boolean isTagged(RunView run, String tag) {
		if (run.tags().containsKey(tag)) {
			return true;
		}
		for (int colon = tag.indexOf(':'); colon >= 0; colon = tag.indexOf(':', colon + 1)) {
			String key = tag.substring(0, colon);
			if (run.tags().containsKey(key) && Objects.toString(run.tags().get(key)).equals(tag.substring(colon + 1))) {
				return true;
			}
		}
		return false;
	}

}
