/**
 * The entry point of the query-service; everything else lives in one package per feature.
 */
@NullMarked
package dev.whence.query;

import org.jspecify.annotations.NullMarked;
