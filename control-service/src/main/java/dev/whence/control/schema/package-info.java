/**
 * Creates and upgrades the schema {@code control}. What lies in it belongs to the
 * features.
 */
@NullMarked
package dev.whence.control.schema;

import org.jspecify.annotations.NullMarked;
