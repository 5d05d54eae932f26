/**
 * The API of image definitions under {@code /api/config}: paths, fields and sentences of
 * the original, and what came after it.
 */
@NullMarked
package dev.whence.control.image.api;

import org.jspecify.annotations.NullMarked;
