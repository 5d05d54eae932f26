/**
 * Looking at records that were not stored. Deciding and keeping them is ingest's part.
 */
@NullMarked
package dev.whence.query.rejected;

import org.jspecify.annotations.NullMarked;
