/**
 * What metrics measured, answered from what was counted per minute: which there are, and
 * how each of their series went. Points themselves are searched elsewhere.
 */
@NullMarked
package dev.whence.query.metric;

import org.jspecify.annotations.NullMarked;
