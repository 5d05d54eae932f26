/**
 * What brings Whence into containers, compared with what it is made of, on machines
 * without an engine. docs/verify-compose.sh runs the same files where there is one.
 */
@NullMarked
package dev.whence.e2e.image;

import org.jspecify.annotations.NullMarked;
