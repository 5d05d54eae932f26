/**
 * The lock that keeps two workers from doing the same expensive analysis. It saves work
 * and nothing else: that exactly one analysis is stored is the business of the job's
 * fenced lease in PostgreSQL.
 */
@NullMarked
package dev.whence.analysis.lock;

import org.jspecify.annotations.NullMarked;
