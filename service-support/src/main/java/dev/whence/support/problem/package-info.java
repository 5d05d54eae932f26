/**
 * Turns failures into RFC 9457 bodies, or into google.rpc.Status on OTLP paths. The paths
 * of FastApiPaths carry FastAPI's members beside it. Which failures there are stands in
 * ProblemCode of the common model.
 */
@NullMarked
package dev.whence.support.problem;

import org.jspecify.annotations.NullMarked;
