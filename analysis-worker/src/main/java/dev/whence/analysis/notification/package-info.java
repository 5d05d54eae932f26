/**
 * Tells people what happens to incidents: which channels hear of which transition, and
 * how a message reaches them. What happens to incidents is decided elsewhere.
 */
@NullMarked
package dev.whence.analysis.notification;

import org.jspecify.annotations.NullMarked;
