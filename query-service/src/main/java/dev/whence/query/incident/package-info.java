/**
 * Reading incidents and their analyses. They are opened, changed and owned by the
 * analysis worker; this package sees them through the views that the worker offers.
 */
@NullMarked
package dev.whence.query.incident;

import org.jspecify.annotations.NullMarked;
