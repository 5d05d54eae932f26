/**
 * What users do with Whence, and what must come out, told over the public API of a
 * running installation. How it is started is the platform's business.
 */
@NullMarked
package dev.whence.e2e.journey;

import org.jspecify.annotations.NullMarked;
