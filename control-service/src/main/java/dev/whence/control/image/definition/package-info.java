/**
 * Stored definitions, their versions and what may be done to them. Their form is judged
 * elsewhere; the API lies above.
 */
@NullMarked
package dev.whence.control.image.definition;

import org.jspecify.annotations.NullMarked;
