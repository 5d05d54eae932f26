package dev.whence.model;

/** OpenTelemetry's metric data types. Native points are gauges. */
public enum MetricKind {

	GAUGE, SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY

}
