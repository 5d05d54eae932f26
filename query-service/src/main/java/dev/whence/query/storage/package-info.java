/**
 * What a project's data takes, what it will take, and whether what it sends arrives. A
 * project learns its own share of what all projects have together, and no more.
 */
@NullMarked
package dev.whence.query.storage;

import org.jspecify.annotations.NullMarked;
