/**
 * What services, their operations and the calls between them did, answered from what was
 * counted per minute. Signals themselves are searched elsewhere.
 */
@NullMarked
package dev.whence.query.service;

import org.jspecify.annotations.NullMarked;
