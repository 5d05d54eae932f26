/**
 * The store in memory, for tests that need what it promises and no database. It passes
 * the same contract as the other one; no service uses it.
 */
@NullMarked
package dev.whence.store.memory;

import org.jspecify.annotations.NullMarked;
