/**
 * Which channel hears of which incidents, and when nobody does.
 */
@NullMarked
package dev.whence.analysis.notification.route;

import org.jspecify.annotations.NullMarked;
