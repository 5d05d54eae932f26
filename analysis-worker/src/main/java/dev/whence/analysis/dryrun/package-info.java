/**
 * What other rules would have made of the past: incidents as they are beside those that
 * would be, and how many messages a route would have sent. Nothing is ever written.
 */
@NullMarked
package dev.whence.analysis.dryrun;

import org.jspecify.annotations.NullMarked;
