/**
 * A small simulated shop with faults, loud and quiet, and the view from outside on how
 * Whence finds their causes. The demo is a client like any other: it sends OTLP and
 * alerts and reads the query API.
 */
@NullMarked
package dev.whence.standalone.demo;

import org.jspecify.annotations.NullMarked;
