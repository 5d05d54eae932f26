/**
 * The entry point of the control-service; everything else lives in one package per
 * feature.
 */
@NullMarked
package dev.whence.control;

import org.jspecify.annotations.NullMarked;
