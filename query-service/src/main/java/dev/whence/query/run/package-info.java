/**
 * Decision runs: what a pipeline was given, what each of its steps left of it, and how
 * that differs from run to run. Shapes are X-Ray's, with more fields beside.
 */
@NullMarked
package dev.whence.query.run;

import org.jspecify.annotations.NullMarked;
