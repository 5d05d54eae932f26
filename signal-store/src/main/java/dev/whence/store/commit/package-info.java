/**
 * Many callers, few commits: the queue, the transaction, and what is known already.
 * Everything here works on entries of any table; what they mean is decided elsewhere.
 */
@NullMarked
package dev.whence.store.commit;

import org.jspecify.annotations.NullMarked;
