/**
 * The way out to addresses that people choose: which of them may be reached, and clients
 * that keep to it. What is sent is the services' business.
 */
@NullMarked
package dev.whence.support.outbound;

import org.jspecify.annotations.NullMarked;
