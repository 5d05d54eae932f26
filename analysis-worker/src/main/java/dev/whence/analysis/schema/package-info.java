/**
 * Creates and upgrades the schema {@code incidents}. What lies in it belongs to the
 * features.
 */
@NullMarked
package dev.whence.analysis.schema;

import org.jspecify.annotations.NullMarked;
