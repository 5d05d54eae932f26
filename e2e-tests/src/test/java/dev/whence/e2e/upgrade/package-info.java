/**
 * Today's services on what the services of an earlier version left behind. How they
 * replace each other under load is tested under fire.
 */
@NullMarked
package dev.whence.e2e.upgrade;

import org.jspecify.annotations.NullMarked;
