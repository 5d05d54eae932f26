package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;

/** What one mode makes of one workload; nothing is applied yet. */
record Outcome(List<Splice> splices, List<Finding> findings, List<WorkloadReport> reports, boolean refused) {

	static Outcome unchanged(List<Finding> findings, List<WorkloadReport> reports) {
		return new Outcome(List.of(), findings, reports, false);
	}

	static Outcome refused(List<Finding> findings, List<WorkloadReport> reports) {
		return new Outcome(List.of(), findings, reports, true);
	}

	/** The same without its edits, because the document cannot be edited. */
	Outcome withdrawn() {
		if (this.splices.isEmpty()) {
			return this;
		}
		List<WorkloadReport> withdrawn = new ArrayList<>();
		for (WorkloadReport report : this.reports) {
			boolean acted = report.action().equals(WorkloadReport.Action.INJECTED.id())
					|| report.action().equals(WorkloadReport.Action.REMOVED.id());
			withdrawn.add(acted ? report.with(WorkloadReport.Action.REFUSED) : report);
		}
		return new Outcome(List.of(), this.findings, withdrawn, true);
	}

}
