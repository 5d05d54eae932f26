/**
 * How good answers are: pure functions of answers and truth. Nothing here is seen by what
 * answers.
 */
@NullMarked
package dev.whence.standalone.evaluate.score;

import org.jspecify.annotations.NullMarked;
