/**
 * Which statements the log lines of a service are instances of: mines templates from
 * lines as they come and keeps what it learned in PostgreSQL. What a template's number of
 * lines means is for others to judge.
 */
@NullMarked
package dev.whence.analysis.template;

import org.jspecify.annotations.NullMarked;
