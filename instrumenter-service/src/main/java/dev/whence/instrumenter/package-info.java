/**
 * The entry point of the instrumenter-service; everything else lives in one package per
 * feature.
 */
@NullMarked
package dev.whence.instrumenter;

import org.jspecify.annotations.NullMarked;
