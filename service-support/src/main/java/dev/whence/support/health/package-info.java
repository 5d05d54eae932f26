/**
 * The probes: /health for the process alone, /readiness for the service's own
 * dependencies. Metrics and tracing are Spring Boot's.
 */
@NullMarked
package dev.whence.support.health;

import org.jspecify.annotations.NullMarked;
