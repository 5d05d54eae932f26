package dev.whence.control.image.definition;

import java.util.List;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;

/** What differs between the texts of two versions, as a unified diff. */
public final class VersionDiff {

	private static final int CONTEXT = 3;

	/** Above this product of lines a comparison takes more memory than it is worth. */
	private static final long MOST_WORK = 1_000_000L;

	private VersionDiff() {
	}

	/** The diff; empty if the texts are the same. */
	public static String between(DefinitionVersion from, DefinitionVersion to) {
		List<String> old = lines(from.content().yaml());
		List<String> now = lines(to.content().yaml());
		List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(title(from), title(to), old, patch(old, now), CONTEXT);
		return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
	}

	private static Patch<String> patch(List<String> old, List<String> now) {
		if ((long) old.size() * now.size() <= MOST_WORK) {
			return DiffUtils.diff(old, now);
		}
		Patch<String> whole = new Patch<>();
		if (!old.equals(now)) {
			whole.addDelta(new ChangeDelta<>(new Chunk<>(0, old), new Chunk<>(0, now)));
		}
		return whole;
	}

	private static List<String> lines(String text) {
		return text.lines().toList();
	}

	private static String title(DefinitionVersion version) {
		return "version " + version.number();
	}

}
