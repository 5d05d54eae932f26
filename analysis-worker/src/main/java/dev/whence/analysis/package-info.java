/**
 * The entry point of the analysis-worker; everything else lives in one package per
 * feature.
 */
@NullMarked
package dev.whence.analysis;

import org.jspecify.annotations.NullMarked;
