/**
 * The search language over signals: pages, counts over time, facets, patterns,
 * comparisons, neighbours and what arrives now. What a search means is the store's.
 */
@NullMarked
package dev.whence.query.search;

import org.jspecify.annotations.NullMarked;
