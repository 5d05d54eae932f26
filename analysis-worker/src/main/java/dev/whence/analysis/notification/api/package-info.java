/**
 * The HTTP surface of notifications: channels, routes, maintenance windows and the log.
 * It decides nothing.
 */
@NullMarked
package dev.whence.analysis.notification.api;

import org.jspecify.annotations.NullMarked;
