/**
 * Makes definitions of the recipes of other tools, and says what of them is lost.
 */
@NullMarked
package dev.whence.control.image.recipe;

import org.jspecify.annotations.NullMarked;
