/**
 * A load generator that is cheap enough to share a machine with what it measures: bodies
 * are encoded once and only patched per request, on blocking sockets. Knows the wire
 * formats, not the services' code.
 */
@NullMarked
package dev.whence.benchmarks.ingest.load;

import org.jspecify.annotations.NullMarked;
