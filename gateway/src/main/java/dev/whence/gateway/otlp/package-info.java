/**
 * The second listener for OTLP over HTTP, on the port that SDKs send to unless told
 * otherwise. What comes in there takes the way of every other request; gRPC has a package
 * of its own.
 */
@NullMarked
package dev.whence.gateway.otlp;

import org.jspecify.annotations.NullMarked;
