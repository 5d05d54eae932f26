/**
 * The values that services exchange: signals, ids, severities, events and problem codes.
 * No I/O, no framework, no persistence.
 */
@NullMarked
package dev.whence.model;

import org.jspecify.annotations.NullMarked;
