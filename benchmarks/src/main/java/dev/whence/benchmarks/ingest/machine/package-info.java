/**
 * What a benchmark runs on: the database server, the services' processes, and what the
 * kernel says about the time and memory they took. Linux only.
 */
@NullMarked
package dev.whence.benchmarks.ingest.machine;

import org.jspecify.annotations.NullMarked;
