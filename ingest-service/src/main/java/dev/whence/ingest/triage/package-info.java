/**
 * Says of one signal whether it is a sign of trouble, how grave, and which others are the
 * same trouble. Pure functions; what becomes of problems is the worker's business.
 */
@NullMarked
package dev.whence.ingest.triage;

import org.jspecify.annotations.NullMarked;
