/**
 * What is known of every kind of problem, over all incidents, and what people decided
 * about it. Which incident a problem belongs to is not decided here.
 */
@NullMarked
package dev.whence.analysis.problem;

import org.jspecify.annotations.NullMarked;
