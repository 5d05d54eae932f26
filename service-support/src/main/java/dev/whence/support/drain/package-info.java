/**
 * The time between the order to end and the end: others are told to go elsewhere while
 * everything is still answered. What a probe looks like is health's.
 */
@NullMarked
package dev.whence.support.drain;

import org.jspecify.annotations.NullMarked;
