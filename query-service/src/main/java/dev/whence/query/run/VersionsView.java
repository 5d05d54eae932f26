package dev.whence.query.run;

import java.util.List;

import dev.whence.model.run.VersionComparison;

/**
 * Two versions of a pipeline stage by stage.
 *
 * @param steps what is in the middle of each version's runs; rejections are those of an
 * average run
 */
record VersionsView(String name, Version before, Version after, List<ComparisonView.Pair> steps) {

	static VersionsView of(String name, String before, String after, VersionComparison comparison) {
		return new VersionsView(name, new Version(before, comparison.before()), new Version(after, comparison.after()),
				comparison.pairs().stream().map(ComparisonView.Pair::of).toList());
	}

	/**
	 * One version.
	 *
	 * @param runs how many of its latest runs were looked at
	 */
	record Version(String tag, int runs) {
	}

}
