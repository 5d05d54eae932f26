/**
 * A small simulated shop that has one fault, and the view from outside on how Whence
 * finds it. The demo is a client like any other: it sends OTLP and reads the query API.
 */
@NullMarked
package dev.whence.standalone.demo;

import org.jspecify.annotations.NullMarked;
