/**
 * The short way for what nearly all requests are: small bodies of telemetry on their way
 * to ingest. Everything else, and whatever is unusual about these, goes through the
 * router; what is allowed and refused is the same on both ways.
 */
@NullMarked
package dev.whence.gateway.lane;

import org.jspecify.annotations.NullMarked;
