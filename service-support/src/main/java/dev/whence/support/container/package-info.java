/**
 * Small programs that images need because they have no shell: the health check, and the
 * one that makes an installation's secrets. They use the JDK alone, so that they start in
 * a moment; the service itself does not know them.
 */
@NullMarked
package dev.whence.support.container;

import org.jspecify.annotations.NullMarked;
