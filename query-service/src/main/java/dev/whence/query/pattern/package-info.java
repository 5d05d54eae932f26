/**
 * Which statements a service logs, how often and since when: reads what the worker
 * learned and the stored logs. How templates are found is the worker's business.
 */
@NullMarked
package dev.whence.query.pattern;

import org.jspecify.annotations.NullMarked;
