/**
 * Sees to it that a request can be read at all, and answers like everybody else where it
 * cannot. Who may send it is another package's business.
 */
@NullMarked
package dev.whence.support.request;

import org.jspecify.annotations.NullMarked;
