/**
 * Turns failures into RFC 9457 bodies, or into google.rpc.Status on OTLP paths. Which
 * failures there are stands in ProblemCode of the common model.
 */
@NullMarked
package dev.whence.support.problem;

import org.jspecify.annotations.NullMarked;
