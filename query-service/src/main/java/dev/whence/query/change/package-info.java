/**
 * What was changed on purpose, for whoever looks for it. What it has to do with an
 * incident is shown on the incident's timeline.
 */
@NullMarked
package dev.whence.query.change;

import org.jspecify.annotations.NullMarked;
