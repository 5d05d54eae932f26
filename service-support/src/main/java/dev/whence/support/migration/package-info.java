/**
 * A service that only migrates: for installations in which the services themselves may
 * not change tables. What is migrated lies with the services that own it.
 */
@NullMarked
package dev.whence.support.migration;

import org.jspecify.annotations.NullMarked;
