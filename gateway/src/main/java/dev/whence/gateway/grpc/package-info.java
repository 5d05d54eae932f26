/**
 * OTLP over gRPC, which carries the very messages of OTLP over HTTP: each call becomes a
 * request to the gateway's own handler and passes all of its guards. What is in a message
 * is not looked at here.
 */
@NullMarked
package dev.whence.gateway.grpc;

import org.jspecify.annotations.NullMarked;
