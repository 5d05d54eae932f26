/**
 * What keeps the log readable when a client does not want it to be. Where and how lines
 * are written is Spring Boot's.
 */
@NullMarked
package dev.whence.support.log;

import org.jspecify.annotations.NullMarked;
