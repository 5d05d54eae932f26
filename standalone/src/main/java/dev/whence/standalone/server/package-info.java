/**
 * All services in one JVM, each in an application context of its own, sharing one
 * database and one event wire. The services themselves know nothing of it.
 */
@NullMarked
package dev.whence.standalone.server;

import org.jspecify.annotations.NullMarked;
