/**
 * The words of image definitions: keys, module kinds, image types, artefact kinds, the
 * operands of conditions. Validator, schema and transpiler all take them from here.
 */
@NullMarked
package dev.whence.control.image.vocabulary;

import org.jspecify.annotations.NullMarked;
