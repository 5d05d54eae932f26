/**
 * Which definition a request builds. Definitions themselves are the image room's.
 */
@NullMarked
package dev.whence.control.build.definition;

import org.jspecify.annotations.NullMarked;
