package dev.whence.benchmarks.scale;

import java.util.Map;

/**
 * What was measured for one signal, one request, one question. Microseconds are CPU time.
 *
 * @param gateway for a request
 * @param ingest for a request of logs
 * @param storing PostgreSQL's for a request of logs
 * @param span what a span costs ingest and PostgreSQL, of what a log does
 * @param point the same of a metric point
 * @param closingIngest what it costs to close a signal's hour, ingest's part
 * @param closingPostgres the same, PostgreSQL's part
 * @param counting PostgreSQL's for counting a log or span in its minute
 * @param troubleAnalysis the worker's for a troubled signal, whatever becomes of it
 * @param troublePostgres the same, PostgreSQL's part
 * @param question query's and PostgreSQL's for a question, together
 * @param rowBytes of a signal with its indexes while its hour is open
 * @param closedBytes of a signal afterwards
 * @param walBytes of log that PostgreSQL writes for a signal, until it is closed
 */
record UnitCosts(CostCurve gateway, CostCurve ingest, CostCurve storing, double span, double point,
		double closingIngest, double closingPostgres, double counting, double troubleAnalysis, double troublePostgres,
		double question, double rowBytes, double closedBytes, double walBytes) {

	/**
	 * The figures of docs/scaling.md, which says with which command each was measured.
	 */
	static UnitCosts measured() {
		return new UnitCosts(new CostCurve(Map.of(1.0, 164.0, 10.0, 240.0, 100.0, 379.0, 1000.0, 1100.0)),
				new CostCurve(Map.of(1.0, 104.0, 100.0, 830.0, 1000.0, 3900.0)),
				new CostCurve(Map.of(1.0, 38.0, 100.0, 840.0, 1000.0, 6800.0)), 1.02, 0.64, 22.9, 7.1, 6.9, 15_900,
				6_800, 7_400, 810, 54.3, 444);
	}

	/** For a run that ends before any of its hours is closed. */
	UnitCosts withoutClosing() {
		return new UnitCosts(this.gateway, this.ingest, this.storing, this.span, this.point, 0, 0, this.counting,
				this.troubleAnalysis, this.troublePostgres, this.question, this.rowBytes, this.closedBytes,
				this.walBytes);
	}

}
