package dev.whence.query.pattern;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.whence.model.ProjectId;

/** Finds the templates of lines of one service, each masked line once. */
final class Templates {

	private final Map<String, KnownTemplate> learned;

	private final Map<String, KnownTemplate> fitting;

	private Templates(Map<String, KnownTemplate> learned, Map<String, KnownTemplate> fitting) {
		this.learned = learned;
		this.fitting = fitting;
	}

	static Templates of(PatternQueries queries, ProjectId project, String service, Collection<String> masked) {
		Set<String> lines = new HashSet<>(masked);
		Map<String, KnownTemplate> learned = new HashMap<>(queries.learned(project, service, lines));
		lines.removeAll(learned.keySet());
		return new Templates(learned, queries.fitting(project, service, lines));
	}

	boolean hasLearned(String masked) {
		return this.learned.containsKey(masked);
	}

	KnownTemplate get(String masked) {
		KnownTemplate known = this.learned.get(masked);
		KnownTemplate found = (known != null) ? known : this.fitting.get(masked);
		return (found != null) ? found : KnownTemplate.ofItself(masked);
	}

}
