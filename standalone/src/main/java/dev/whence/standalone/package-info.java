/**
 * The entry point of the standalone; what its commands do lives in one package each.
 */
@NullMarked
package dev.whence.standalone;

import org.jspecify.annotations.NullMarked;
