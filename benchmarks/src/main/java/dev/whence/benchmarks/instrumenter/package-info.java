/**
 * How fast manifests are instrumented. Asserts nothing: what it prints goes into the
 * README of instrumenter-service.
 */
@NullMarked
package dev.whence.benchmarks.instrumenter;

import org.jspecify.annotations.NullMarked;
