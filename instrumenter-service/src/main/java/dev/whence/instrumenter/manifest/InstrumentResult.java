package dev.whence.instrumenter.manifest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a manifest.
 *
 * @param text the manifest as it should be now; the very text that came in if nothing
 * changed
 * @param diff unified, empty if nothing changed
 */
public record InstrumentResult(String text, boolean changed, int documents, List<WorkloadReport> workloads,
		List<Finding> findings, String diff) {

	public Summary summary() {
		Map<String, Integer> actions = new TreeMap<>();
		this.workloads.forEach((report) -> actions.merge(report.action(), 1, Integer::sum));
		Map<String, Integer> languages = new TreeMap<>();
		this.workloads.stream()
			.filter((report) -> report.action().equals(WorkloadReport.Action.INJECTED.id()))
			.forEach((report) -> languages.merge(String.valueOf(report.language()), 1, Integer::sum));
		Map<String, Integer> findingCounts = new TreeMap<>();
		this.findings.forEach((finding) -> findingCounts.merge(finding.code(), 1, Integer::sum));
		return new Summary(this.documents, this.workloads.size(), actions, languages, findingCounts);
	}

	/**
	 * Counts only; what usage statistics may keep.
	 *
	 * @param containers containers reported on
	 * @param languages of the containers injected into
	 */
	public record Summary(int documents, int containers, Map<String, Integer> actions, Map<String, Integer> languages,
			Map<String, Integer> findings) {
	}

}
