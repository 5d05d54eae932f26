/**
 * Work that must be done at least once: a row per piece of work, claimed with a fencing
 * number and a lease on the database's clock. What the work is, is the handlers'
 * business.
 */
@NullMarked
package dev.whence.analysis.job;

import org.jspecify.annotations.NullMarked;
