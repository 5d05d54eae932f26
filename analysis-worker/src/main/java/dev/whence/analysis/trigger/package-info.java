/**
 * Hears what became dirty and writes it down as work. It does almost nothing, so that the
 * wire is never held up; the work itself is done by jobs.
 */
@NullMarked
package dev.whence.analysis.trigger;

import org.jspecify.annotations.NullMarked;
