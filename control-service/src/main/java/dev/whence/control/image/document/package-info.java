/**
 * Reads the text of an image definition into values with places, as PyYAML reads YAML
 * 1.1, and tells its errors in PyYAML's words. What a definition means lives elsewhere.
 */
@NullMarked
package dev.whence.control.image.document;

import org.jspecify.annotations.NullMarked;
