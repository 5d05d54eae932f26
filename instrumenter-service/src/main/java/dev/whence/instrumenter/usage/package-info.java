/**
 * Who instruments what, counted: repository, deployment, languages, findings. Never a
 * word of a manifest, and never in the way of a request.
 */
@NullMarked
package dev.whence.instrumenter.usage;

import org.jspecify.annotations.NullMarked;
