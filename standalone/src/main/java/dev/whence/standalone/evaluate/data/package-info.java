/**
 * Data sets in their neutral form, one signal a line: reading them, naming their signals
 * and moving them in time. Knows the form and no data set; what is done with the signals
 * lives elsewhere, and so do the labels.
 */
@NullMarked
package dev.whence.standalone.evaluate.data;

import org.jspecify.annotations.NullMarked;
