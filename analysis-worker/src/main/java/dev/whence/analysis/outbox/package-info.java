/**
 * Carries what the worker announces to the wire. What is announced is decided where
 * incidents change.
 */
@NullMarked
package dev.whence.analysis.outbox;

import org.jspecify.annotations.NullMarked;
