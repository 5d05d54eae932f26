/**
 * Turns transitions into deliveries, exactly one for each channel, and sees each to its
 * end: sent, summed up or given up.
 */
@NullMarked
package dev.whence.analysis.notification.delivery;

import org.jspecify.annotations.NullMarked;
