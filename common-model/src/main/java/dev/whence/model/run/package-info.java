/**
 * Decision runs: what a pipeline of steps was given, what it kept and what it dropped.
 * Events as clients tell them, and what follows from a set of events whatever their
 * order; neither storage nor HTTP.
 */
@NullMarked
package dev.whence.model.run;

import org.jspecify.annotations.NullMarked;
