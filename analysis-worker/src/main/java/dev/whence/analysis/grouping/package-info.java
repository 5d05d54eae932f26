/**
 * Which trouble belongs together: pure functions over what happened, whatever the order
 * in which it became known. What incidents do with the answer is not decided here.
 */
@NullMarked
package dev.whence.analysis.grouping;

import org.jspecify.annotations.NullMarked;
