/**
 * The event wire of a single JVM: topics, groups and members in memory, with the promises
 * of the port and nothing that outlives the process.
 */
@NullMarked
package dev.whence.support.wire.inprocess;

import org.jspecify.annotations.NullMarked;
