/**
 * Which language a container runs, judged from its manifest alone, with the evidence that
 * says so. Nothing here reads YAML or decides what to do about the answer.
 */
@NullMarked
package dev.whence.instrumenter.language;

import org.jspecify.annotations.NullMarked;
