/**
 * How good the analyses are, as people judged them. The analysis of one incident is shown
 * with the incident.
 */
@NullMarked
package dev.whence.query.analysis;

import org.jspecify.annotations.NullMarked;
