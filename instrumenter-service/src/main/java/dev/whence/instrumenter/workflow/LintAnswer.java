package dev.whence.instrumenter.workflow;

import java.util.List;

import dev.whence.instrumenter.manifest.Finding;
import dev.whence.instrumenter.manifest.InstrumentResult.Summary;
import dev.whence.instrumenter.manifest.WorkloadReport;

/** What was found in a manifest that nobody wants changed. */
record LintAnswer(List<WorkloadReport> workloads, List<Finding> findings, Summary summary) {
}
