/**
 * How fast telemetry is taken in, from PostgreSQL's own speed up to the gateway, as a
 * ladder of one run on one machine. Asserts nothing about speed, but refuses to print
 * figures of a run that lost or doubled a signal.
 */
@NullMarked
package dev.whence.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
