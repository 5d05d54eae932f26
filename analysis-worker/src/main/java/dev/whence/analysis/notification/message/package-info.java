/**
 * What is said about an incident, the same for every channel. How a channel puts it is
 * not decided here.
 */
@NullMarked
package dev.whence.analysis.notification.message;

import org.jspecify.annotations.NullMarked;
