/**
 * The entry point of the ingest-service; everything else lives in one package per
 * feature.
 */
@NullMarked
package dev.whence.ingest;

import org.jspecify.annotations.NullMarked;
