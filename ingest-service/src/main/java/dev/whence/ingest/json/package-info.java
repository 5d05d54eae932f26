/**
 * JSON of native records: parsed element by element, each within the limits of one record
 * and refused by itself. What the fields mean is not known here.
 */
@NullMarked
package dev.whence.ingest.json;

import org.jspecify.annotations.NullMarked;
