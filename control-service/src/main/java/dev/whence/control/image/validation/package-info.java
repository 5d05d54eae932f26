/**
 * Judges definitions: the sentences of the original, and beside them problems with a
 * place and a suggestion. Describes the form of a definition as a JSON Schema, too.
 */
@NullMarked
package dev.whence.control.image.validation;

import org.jspecify.annotations.NullMarked;
