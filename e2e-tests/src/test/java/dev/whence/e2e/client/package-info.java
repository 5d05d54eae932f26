/**
 * Published clients, unmodified, that export to the gateway of real processes. What they
 * send is not asserted byte for byte; what they report as sent must be stored once.
 */
@NullMarked
package dev.whence.e2e.client;

import org.jspecify.annotations.NullMarked;
