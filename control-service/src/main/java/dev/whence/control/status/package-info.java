/**
 * How the service says that it is there, in the words of the API it replaces. The probes
 * for machines are {@code /health} and {@code /readiness}, which every service has.
 */
@NullMarked
package dev.whence.control.status;

import org.jspecify.annotations.NullMarked;
