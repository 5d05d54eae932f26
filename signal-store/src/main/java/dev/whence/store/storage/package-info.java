/**
 * How much room the stored data takes, by table and by project. What will be taken in
 * future is computed by those who ask.
 */
@NullMarked
package dev.whence.store.storage;

import org.jspecify.annotations.NullMarked;
