/**
 * What a search means, for rows and segments alike: one judge says what matches, and what
 * else is made of an expression only spares him what he would refuse.
 */
@NullMarked
package dev.whence.store.search;

import org.jspecify.annotations.NullMarked;
