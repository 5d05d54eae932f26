/**
 * The event wire between services: one port, a Kafka adapter and an in-process adapter
 * under the same contract kit. What travels on it only wakes others up; the truth is in
 * PostgreSQL.
 */
@NullMarked
package dev.whence.support.wire;

import org.jspecify.annotations.NullMarked;
