/**
 * Which addresses outbound calls may reach. Making the calls is not its part.
 */
@NullMarked
package dev.whence.analysis.notification.address;

import org.jspecify.annotations.NullMarked;
