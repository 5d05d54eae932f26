/**
 * What all questions share: the reading of parameters and the shape of a page. What is
 * asked belongs to the features.
 */
@NullMarked
package dev.whence.query.page;

import org.jspecify.annotations.NullMarked;
