/**
 * Groups problems into incidents and keeps their life: open, escalate, acknowledge,
 * resolve, reopen. Why something failed is the root cause package's question.
 */
@NullMarked
package dev.whence.analysis.incident;

import org.jspecify.annotations.NullMarked;
