/**
 * Builds of images: what one is, how it changes and who hears of it. The rooms below talk
 * to GitHub, drive builds to their end and take requests.
 */
@NullMarked
package dev.whence.control.build;

import org.jspecify.annotations.NullMarked;
